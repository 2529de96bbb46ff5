import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { planText, resizeProblemText } from '../../../src/renderer/features/resize/plan-text';
import { en } from '../../../src/renderer/i18n/en';
import { nl } from '../../../src/renderer/i18n/nl';
import { formatSize } from '../../../src/renderer/i18n/format';
import type { SentencePart } from '../../../src/shared/resize/plan-resize';

beforeAll(() => i18next.init({ lng: 'en', resources: { en: { translation: en }, nl: { translation: nl } }, showSupportNotice: false }));

const inBoth = (...parts: readonly SentencePart[]): readonly string[] => ['en', 'nl'].map((language) => planText(i18next.getFixedT(language), { parts }, language));
const resample = (across: number, down = across): SentencePart => ({ kind: 'resample', percentAcross: across, percentDown: down, kernel: 'lanczos3' });
const model = (changes: Partial<Extract<SentencePart, { kind: 'model' }>> = {}): SentencePart => ({ kind: 'model', scale: 4, passes: 1, name: 'Photo', ...changes });

describe('the sentence of a plan', () => {
  it('says what is done, in its order', () => {
    expect(inBoth(model(), resample(93.3))).toEqual(['×4 by Photo, then 93.3 % resample', '×4 met Photo, daarna 93,3 % herberekend']);
  });

  it('names two passes, and a network that only cleans', () => {
    expect(inBoth(model({ passes: 2 }))[0]).toBe('×4 twice by Photo');
    expect(inBoth(model({ scale: 1 }))[0]).toBe('Cleaned by Photo');
  });

  it('names both sides only where they differ', () => {
    expect(inBoth(resample(50, 50.1))[0]).toBe('50 % resample');
    expect(inBoth(resample(50, 75))[0]).toBe('50 by 75 % resample');
  });

  it('counts the tiles of the second stage', () => {
    expect(inBoth({ kind: 'creative', strength: 0.2, tiles: 1 })[0]).toBe('Detail drawn anew in one tile');
    expect(inBoth(model(), { kind: 'creative', strength: 0.2, tiles: 9 })[0]).toBe('×4 by Photo, then detail drawn anew in 9 tiles');
  });

  it('speaks of frames', () => {
    const size = { width: 640, height: 480 };
    expect(inBoth({ kind: 'crop', size })[0]).toBe(`Cropped to ${formatSize(640, 480)}`);
    expect(inBoth({ kind: 'pad', size })[0]).toBe(`Padded to ${formatSize(640, 480)}`);
    expect(inBoth({ kind: 'extend', left: 1, top: 1, right: 1, bottom: 1 })[0]).toBe('Extended by the model');
  });

  it('says so when there is nothing to do', () => {
    const [english = '', dutch = ''] = inBoth({ kind: 'nothing' });
    expect(english).toBe('Nothing to do');
    expect(dutch).toMatch(/^[A-Z]/);
    expect(dutch).not.toBe(english);
  });
});

describe('a problem of a plan', () => {
  it('carries its numbers in both languages', () => {
    const problem = { code: 'disk-full', isBlocking: true, facts: { neededMb: 900, freeMb: 120 } } as const;
    for (const language of ['en', 'nl']) expect(resizeProblemText(i18next.getFixedT(language), problem)).toMatch(/900 MB.*120 MB/);
  });
});
