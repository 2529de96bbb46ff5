import type { Txt2ImgRequest } from '../../src/shared/generation';
import type { GalleryImage } from '../../src/shared/gallery';
import { DEFAULT_SETTINGS, type Draft } from '../../src/shared/settings';
import { createFakeBridge, type FakeBridge, type FakeOptions } from './fake-bridge';
import { fakeImage } from './fake-job';
import { BROKEN, BUILTIN, SD15 } from './fake-models';

export const bridgeWith = (options: Partial<FakeOptions> = {}): FakeBridge =>
  createFakeBridge({ models: [BUILTIN, SD15, BROKEN], ...options });

export const aTxt2ImgRequest = (changes: Partial<Txt2ImgRequest> = {}): Txt2ImgRequest => ({
  kind: 'txt2img',
  modelId: BUILTIN.id,
  prompt: 'a red apple',
  negativePrompt: '',
  width: 128,
  height: 128,
  numInferenceSteps: 4,
  guidanceScale: 4,
  scheduler: null,
  seed: 7,
  count: 1,
  hires: false,
  ...changes,
});

export const aDraft = (changes: Partial<Draft> = {}): Draft => ({ ...DEFAULT_SETTINGS.draft, prompt: 'a red apple', ...changes });

/** `count` pictures of the built-in model, newest first; their numbers count up from 0. */
export const someImages = (count: number): readonly GalleryImage[] =>
  Array.from({ length: count }, (_, number) => fakeImage({ number, request: aTxt2ImgRequest(), model: BUILTIN, seed: 100 + number })).reverse();

/** Lets every answer that is on its way arrive. */
export const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 0); });
