import { describe, expect, it } from 'vitest';
import { rgbToRgba } from '../../src/renderer/ui/rgba';

describe('rgbToRgba', () => {
  it('adds full opacity to every pixel', () => {
    expect([...rgbToRgba(new Uint8Array([1, 2, 3, 4, 5, 6]), 2, 1)]).toEqual([1, 2, 3, 255, 4, 5, 6, 255]);
  });

  it('fills up what a short message lacks with black', () => {
    expect([...rgbToRgba(new Uint8Array([9]), 2, 1)]).toEqual([9, 0, 0, 255, 0, 0, 0, 255]);
  });
});
