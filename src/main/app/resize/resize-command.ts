import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImageId, JobId } from '../../../shared/ids';
import type { PartLicence } from '../../../shared/licences/inheritance';
import type { ResizePlan } from '../../../shared/resize/plan-resize';
import type { OutputFormat } from '../../../shared/resize/settings';
import { planInWords } from '../../../shared/resize/words';
import type { InspectedPicture, ResizeCommand, ResizeOutputPlan } from '../../engine-protocol';
import type { DrawingTask, ResizeTask } from '../../engine/engine';
import type { ResolvedSettings } from './resolve-settings';

/** Raised when the engine gives other pixels for the same work, so that nothing half done of before is gone on with. */
const WORK_VERSION = 1;
const SEEDS = 2 ** 32;

export interface CommandInput {
  readonly jobId: JobId;
  readonly resolved: ResolvedSettings;
  readonly plan: ResizePlan;
  readonly source: InspectedPicture & { readonly path: string };
  /** Folder below which each work has its own. */
  readonly workFolder: string;
  readonly target: { readonly path: string; readonly format: OutputFormat; readonly quality: number };
  readonly says: Pick<ResizeOutputPlan, 'appVersion' | 'imageId' | 'createdAt' | 'isTimed' | 'parentImageIds'> & { readonly licences: readonly PartLicence[]; readonly inGallery: boolean };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Without a seed of its own a picture gets one of its content, so that a second run gives the same bytes. */
const seedFrom = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16) % SEEDS;

function drawingTask({ settings, drawing }: ResolvedSettings, hash: string): DrawingTask | null {
  const words = settings.way.way === 'extend' ? settings.way : settings.creative;
  if (drawing === null || words === null) return null;
  const { prompt, negativePrompt, numInferenceSteps, guidanceScale, scheduler, seed } = words;
  const strength = settings.way.way === 'extend' ? 1 : (settings.creative?.strength ?? 1);
  return { modelPath: drawing.path, prompt, negativePrompt: negativePrompt === '' ? null : negativePrompt, numInferenceSteps, guidanceScale, scheduler, seed: seed ?? seedFrom(hash), strength };
}

/** The same work, whoever asks for it and wherever it is to go. */
function workKey({ plan, resolved, source }: CommandInput, drawing: DrawingTask | null): string {
  const { upscaler } = resolved;
  const network = upscaler === null ? null : { ...upscaler.use, path: '', sha256: upscaler.sha256 };
  return sha256(JSON.stringify([WORK_VERSION, source.sha256, plan.steps, network, drawing, resolved.drawing?.summary.diskBytes ?? 0]));
}

function resizeRecord({ plan, resolved, source }: CommandInput, drawing: DrawingTask | null): ResizeOutputPlan['resize'] {
  const { upscaler } = resolved;
  const isUsed = plan.steps.some(({ kind }) => kind === 'model');
  return {
    from: { width: source.width, height: source.height },
    to: plan.outputSize,
    words: planInWords(plan),
    upscaler: upscaler === null || !isUsed ? null : { id: upscaler.summary.id, name: upscaler.summary.name, scale: upscaler.summary.scale, sha256: upscaler.sha256 },
    drawing:
      drawing === null || resolved.drawing === null
        ? null
        : {
            id: resolved.drawing.summary.id,
            name: resolved.drawing.summary.name,
            prompt: drawing.prompt,
            negativePrompt: drawing.negativePrompt ?? '',
            numInferenceSteps: drawing.numInferenceSteps,
            guidanceScale: drawing.guidanceScale,
            seed: drawing.seed,
            strength: drawing.strength ?? null,
          },
  };
}

/** The model that stands in the recipe of a picture that had none. */
function modelRecord({ resolved: { upscaler, drawing } }: CommandInput): ResizeOutputPlan['model'] {
  if (drawing !== null) return { id: drawing.summary.id, name: drawing.summary.name, family: drawing.summary.family };
  if (upscaler !== null) return { id: upscaler.summary.id, name: upscaler.summary.name, family: 'Upscaler' };
  return { id: '', name: '', family: '' };
}

/** The engine's command for one picture; all ids are paths from here on. */
export function resizeCommand(input: CommandInput): ResizeCommand {
  const { jobId, resolved, plan, source, workFolder, target, says } = input;
  const { way, target: size } = resolved.settings;
  const drawing = drawingTask(resolved, source.sha256);
  const { inGallery, licences, ...facts } = says;
  const task: ResizeTask = {
    sourcePath: source.path,
    workFolder: join(workFolder, workKey(input, drawing)),
    steps: plan.steps,
    upscaler: resolved.upscaler?.use ?? null,
    creative: way.way === 'extend' ? null : drawing,
    extend: way.way === 'extend' && drawing !== null ? { ...drawing, fill: way.fill } : null,
    output: { ...target, density: size.by === 'print' ? size.dpi : null },
  };
  const isMade = plan.steps.some(({ kind }) => kind === 'model' || kind === 'creative' || kind === 'extend');
  return {
    type: 'resize',
    jobId,
    task,
    output: {
      ...facts,
      ...(inGallery ? { jobId } : {}),
      recipe: inGallery || isMade ? 'always' : 'if-any',
      resize: resizeRecord(input, drawing),
      model: modelRecord(input),
      sourceAssetId: source.sha256,
      ...(licences.length === 0 ? {} : { licences: [...licences] }),
    },
  };
}

/** An id that the same file with the same settings always gets. */
export function imageIdFor(key: string, brand: (text: string) => ImageId): ImageId {
  const hex = sha256(key);
  return brand([hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-'));
}

/** Everything besides the file itself that decides what its result is. */
export const settingsKey = ({ settings, upscaler, drawing }: ResolvedSettings, output: Readonly<Record<string, unknown>>): string =>
  sha256(JSON.stringify([WORK_VERSION, settings, upscaler?.sha256 ?? null, upscaler?.use.traits ?? null, drawing?.summary.id ?? null, output]));
