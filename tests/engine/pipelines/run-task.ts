import { createEngine } from '../../../src/main/engine/create-engine';
import type { EngineProgress, FinishedImage, GenerateResult, GenerateTask } from '../../../src/main/engine/engine';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';
import type { InferenceRuntime } from '../../../src/main/engine/runtime/runtime';
import { FIXTURES } from './golden';

export const modelPath = (name: string): string => `${FIXTURES}/models/${name}`;
export const inputPath = (name: string): string => `${FIXTURES}/golden/pipelines/inputs/${name}`;

export const TASK: GenerateTask = {
  kind: 'txt2img', modelPath: modelPath('tiny-sd15'), prompt: 'a red fox in the snow', negativePrompt: null, width: 64, height: 64, numInferenceSteps: 4, guidanceScale: 7.5,
  scheduler: null, seed: 7, count: 1,
};

export interface Outcome {
  readonly result: GenerateResult;
  readonly images: readonly FinishedImage[];
  readonly progress: readonly EngineProgress[];
}

export interface Hooks {
  readonly signal?: AbortSignal;
  readonly runtime?: InferenceRuntime;
  readonly onProgress?: (progress: EngineProgress) => void;
  readonly onLatents?: (step: number, latents: Float32Array) => void;
}

/** One request on a fresh engine. */
export async function runTask(changes: Partial<GenerateTask>, hooks: Hooks = {}): Promise<Outcome> {
  const engine = createEngine({ runtime: hooks.runtime ?? ortRuntime() });
  const images: FinishedImage[] = [];
  const progress: EngineProgress[] = [];
  try {
    const result = await engine.generate(
      { ...TASK, ...changes },
      {
        signal: hooks.signal ?? new AbortController().signal,
        onProgress: (event) => {
          progress.push(event);
          hooks.onProgress?.(event);
        },
        onLatents: (step, latents) => hooks.onLatents?.(step, latents),
        onImage: (image) => {
          images.push(image);
          return Promise.resolve();
        },
      },
    );
    return { result, images, progress };
  } finally {
    await engine.release();
  }
}
