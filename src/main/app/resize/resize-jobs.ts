import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { ImageId } from '../../../shared/ids';
import type { PlannedResize } from '../../../shared/resize/contract';
import type { ResizePlan } from '../../../shared/resize/plan-resize';
import type { ResizeRequest, ResizeSource } from '../../../shared/resize/requests';
import type { OutputFormat, ResizeSettings } from '../../../shared/resize/settings';
import type { InspectedPicture, JobProgress, ResizeCommand, StagedResize } from '../../engine-protocol';
import type { JobOrder } from '../credits/job-rows';
import type { RunRequest } from '../jobs/job-queue';
import { licensedModel } from '../licences/job-licences';
import type { StudioDependencies } from '../studio-dependencies';
import { resizeCommand } from './resize-command';
import { licencesOfResize } from './resize-licences';
import { requireRoom, roomProblem } from './resize-work';
import { planFor, priceOfPlan, requirePossible, resolveSettings, type ResolvedSettings } from './resolve-settings';

/** The page's own pictures, one at a time: planned, priced, run and put into the gallery. */
export interface ResizeJobs {
  plan(source: ResizeSource, settings: ResizeSettings, format: OutputFormat): Promise<PlannedResize>;
  /** What forbids a request, and what its account is opened with; null where it costs nothing. @throws StudioError */
  admit(request: ResizeRequest): Promise<Omit<JobOrder, 'jobId'> | null>;
  readonly run: RunRequest<ResizeRequest>;
}

interface Prepared {
  readonly resolved: ResolvedSettings;
  readonly plan: ResizePlan;
  readonly source: InspectedPicture & { readonly path: string };
}

/** Source pixels that networks look at, in millions. */
export const megapixelsOf = ({ steps }: Pick<ResizePlan, 'steps'>): number =>
  steps.reduce((sum, step) => sum + (step.kind === 'model' ? (step.from.width * step.from.height) / 1e6 : 0), 0);

/** Runs a command and remembers the pace of its network, unless an earlier life had done a part. */
export async function runAndLearn(
  { engine, upscalers }: Pick<StudioDependencies, 'engine' | 'upscalers'>,
  command: ResizeCommand,
  { signal, onProgress }: { readonly signal: AbortSignal; onProgress(progress: JobProgress): void },
): Promise<StagedResize> {
  let isWhole: boolean | null = null;
  const staged = await engine.resize(command, {
    signal,
    onProgress: (progress) => {
      if (progress.stage === 'upscaling') isWhole ??= progress.step === 0;
      onProgress(progress);
    },
  });
  const seconds = staged.secondsByStage['upscaling'] ?? 0;
  const megapixels = megapixelsOf(command.task);
  const { upscaler } = command.task;
  if (upscaler !== null && isWhole === true && megapixels > 0 && seconds > 0) await upscalers.learn(upscaler.path, { megapixels, seconds });
  return staged;
}

/** By what the network took before; null where that is not known, or where a diffusion model draws. */
function secondsFor(plan: ResizePlan, { upscaler }: ResolvedSettings): number | null {
  if (plan.steps.some(({ kind }) => kind === 'creative' || kind === 'extend')) return null;
  const megapixels = megapixelsOf(plan);
  if (megapixels === 0) return null;
  const pace = upscaler?.summary.secondsPerMegapixel ?? null;
  return pace === null ? null : Math.round(pace * megapixels * 10) / 10;
}

/** @throws StudioError `image-missing` */
export const pathOfSource = async (source: ResizeSource, { gallery, assets }: Pick<StudioDependencies, 'gallery' | 'assets'>): Promise<string> =>
  source.kind === 'gallery' ? (await gallery.placeOf(source.imageId)).path : assets.pathOf(source.assetId);

/** A plan with what only this machine knows; the header of the file is enough, because a panel asks at every change. */
async function planResizeHere({ source, settings, format }: { readonly source: ResizeSource; readonly settings: ResizeSettings; readonly format: OutputFormat }, deps: StudioDependencies): Promise<PlannedResize> {
  const { files, folders, credits } = deps;
  const [resolved, measured] = await Promise.all([resolveSettings(settings, deps), files.measurePicture(await pathOfSource(source, deps))]);
  const planned = planFor(resolved, measured, format);
  const problem = await roomProblem(folders.resizeWork, planned);
  const plan = problem === null ? planned : { ...planned, problems: [...planned.problems, problem] };
  const { width, height, channels, depth } = measured;
  const priced = priceOfPlan(plan, resolved, measured);
  return {
    source: { width, height, channels, depth },
    plan,
    seconds: secondsFor(plan, resolved),
    price: priced === null ? null : credits.quote(priced.request, 1),
  };
}

export function createResizeJobs(deps: StudioDependencies): ResizeJobs {
  const { gallery, files, events, folders, info, licences, settings: settingsFile } = deps;

  const prepare = async (source: ResizeSource, settings: ResizeSettings, format: OutputFormat): Promise<Prepared> => {
    const path = await pathOfSource(source, deps);
    const [resolved, inspected] = await Promise.all([resolveSettings(settings, deps), files.inspectPicture(path)]);
    return { resolved, plan: planFor(resolved, inspected, format), source: { ...inspected, path } };
  };

  return {
    plan: (source, settings, format) => planResizeHere({ source, settings, format }, deps),
    admit: async (request) => {
      const { resolved, plan, source } = await prepare(request.source, request.settings, 'png');
      requirePossible(plan);
      if (plan.steps.length === 0) throw new StudioError('invalid-request', 'The picture has this size already: choose another size.');
      if (resolved.drawing !== null) await licences.admit(licensedModel(resolved.drawing.summary, resolved.drawing.path), settingsFile.get().userProfile);
      const priced = priceOfPlan(plan, resolved, source);
      return priced === null ? null : { ...priced, count: 1 };
    },
    run: async ({ jobId, request, signal, onProgress, onImage }) => {
      const { resolved, plan, source } = await prepare(request.source, request.settings, 'png');
      requirePossible(plan);
      await requireRoom(folders.resizeWork, plan);
      const imageId = ImageId.parse(randomUUID());
      const parents = request.source.kind === 'gallery' ? [request.source.imageId] : [];
      const command = resizeCommand({
        jobId,
        resolved,
        plan,
        source,
        workFolder: folders.resizeWork,
        target: { path: join(folders.staging, `${imageId}.png`), format: 'png', quality: 100 },
        says: {
          appVersion: info.version,
          imageId,
          createdAt: new Date().toISOString(),
          isTimed: true,
          parentImageIds: parents,
          licences: await licencesOfResize(resolved, parents, deps),
          inGallery: true,
        },
      });
      const { recipe, ...staged } = await runAndLearn(deps, command, { signal, onProgress });
      if (recipe === null) throw new StudioError('internal', 'Expected a recipe for a picture of the gallery but received none.');
      const image = await gallery.commit({ imageId, stagedPath: staged.stagedPath, recipe, width: staged.width, height: staged.height });
      events.emit('gallery.event', { type: 'added', image });
      onImage(image.id);
      await rm(command.task.workFolder, { recursive: true, force: true });
      return { warnings: staged.warnings };
    },
  };
}
