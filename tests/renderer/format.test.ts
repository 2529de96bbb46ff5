import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatNumber, formatPercent, formatSeconds, formatSize } from '../../src/renderer/i18n/format';

// Intl puts no-break spaces between number and unit.
const plain = (text: string): string => text.replaceAll(/\s/g, ' ');

describe('formats', () => {
  it.each([
    [0, '1 sec'],
    [12.4, '12 sec'],
    [60, '1 min'],
    [125, '2 min 5 sec'],
    [3600, '1 hr 0 min'],
    [7290, '2 hr 1 min'],
  ])('%d seconds to go', (seconds, text) => {
    expect(plain(formatDuration(seconds, 'en'))).toBe(text);
  });

  it('measured times keep a decimal while they are short, and use the language’s comma', () => {
    expect([0.42, 9.96, 12.4, 75].map((s) => plain(formatSeconds(s, 'nl')))).toEqual(['0,4 sec', '10 sec', '12 sec', '1 min 15 sec']);
  });

  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1000, '1 kB'],
    [420_000_000, '420 MB'],
    [5_912_000_000, '5.91 GB'],
  ])('%d bytes', (bytes, text) => {
    expect(plain(formatBytes(bytes, 'en'))).toBe(text);
  });

  it('numbers, shares and sizes', () => {
    expect([formatNumber(7.5, 'nl'), plain(formatPercent(0.254, 'en')), formatSize(512, 768)]).toEqual(['7,5', '25%', '512 × 768']);
  });
});
