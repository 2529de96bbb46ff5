import { join, resolve } from 'node:path';
import { createEngine } from '../../src/main/engine/create-engine';
import type { Engine, EngineProgress, ResizeResult, ResizeTask, UpscalerUse } from '../../src/main/engine/engine';
import { ortRuntime } from '../../src/main/engine/runtime/ort';
import { ModelId } from '../../src/shared/ids';
import { planResize, type ResizeSourceFacts } from '../../src/shared/resize/plan-resize';
import type { ResizeSettings, ResizeWay } from '../../src/shared/resize/settings';
import type { SizeTarget } from '../../src/shared/resize/size-target';
import { UpscalerId } from '../../src/shared/resize/upscaler';

export const BUNDLED = (name: string): string => resolve(import.meta.dirname, '../../resources/models/upscalers', name);
export const upscalerId = UpscalerId.parse('builtin:test');

export const RESAMPLE: ResizeWay = { way: 'resample', kernel: 'lanczos3', linearLight: false };
export const BY_MODEL: ResizeWay = { way: 'model', upscalerId, kernel: 'lanczos3', linearLight: false };
export const CREATIVE = { modelId: ModelId.parse('builtin:draw'), strength: 0.3, prompt: '', negativePrompt: '', numInferenceSteps: 4, guidanceScale: 1, scheduler: null, seed: 1 } as const;
export const percent = (value: number): SizeTarget => ({ by: 'percent', percent: value });

export const aUse = (change: Partial<UpscalerUse> & Pick<UpscalerUse, 'path'>): UpscalerUse => ({
  traits: { layout: 'nchw', range: 1, order: 'rgb' },
  tile: 256,
  context: 20,
  multipleOf: 1,
  fixedSide: null,
  ...change,
});

export interface ResizeJob {
  readonly sourcePath: string;
  readonly source: ResizeSourceFacts;
  readonly folder: string;
  readonly settings: Partial<ResizeSettings> & Pick<ResizeSettings, 'target'>;
  readonly use?: UpscalerUse;
  readonly scale?: number;
  readonly format?: ResizeTask['output']['format'];
  readonly creative?: ResizeTask['creative'];
  readonly tile?: number;
}

/** The task that the studio would make of a job. */
export function taskFor({ sourcePath, source, folder, settings, use, scale = 4, format = 'png', creative = null, tile = 64 }: ResizeJob): ResizeTask {
  const upscaler = use === undefined ? null : { id: upscalerId, name: 'Test', scale, tile: use.tile, context: use.context };
  const { steps } = planResize({ source, settings: { way: use === undefined ? RESAMPLE : BY_MODEL, creative: null, ...settings }, upscaler, creative: creative === null ? null : { tile }, format });
  return { sourcePath, workFolder: join(folder, 'work'), steps, upscaler: use ?? null, creative, extend: null, output: { path: join(folder, `result.${format}`), format, quality: 90, density: null } };
}

export interface ResizeHooks {
  readonly engine?: Engine;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: EngineProgress) => void;
  readonly xmp?: string;
}

/** Runs a task on an engine of its own. */
export async function runResize(task: ResizeTask, hooks: ResizeHooks = {}): Promise<ResizeResult> {
  const engine = hooks.engine ?? createEngine({ runtime: ortRuntime() });
  try {
    return await engine.resize(task, {
      signal: hooks.signal ?? new AbortController().signal,
      onProgress: (progress) => hooks.onProgress?.(progress),
      textFor: ({ xmp }) => Promise.resolve({ xmp: hooks.xmp ?? xmp, userComment: null }),
    });
  } finally {
    if (hooks.engine === undefined) await engine.release();
  }
}
