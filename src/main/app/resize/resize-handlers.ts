import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { StudioError } from '../../../shared/errors';
import { ImageId, JobId } from '../../../shared/ids';
import type { ResizePreview, ResizeRequests } from '../../../shared/resize/contract';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import { resizeCommand } from './resize-command';
import { pathOfSource, type ResizeJobs } from './resize-jobs';
import { planFor, requirePossible, resolveSettings } from './resolve-settings';

/** The `upscalers.…` channels. */
export const upscalerHandlers = ({ upscalers, desktop, folders }: StudioDependencies): HandlersOf<'upscalers'> => ({
  'upscalers.list': () => upscalers.list(),
  'upscalers.answer': async ({ upscalerId, traits }) => {
    await upscalers.answer(upscalerId, traits);
    return upscalers.list();
  },
  'upscalers.openFolder': async () => {
    await mkdir(folders.upscalers, { recursive: true });
    await desktop.openFolder(folders.upscalers);
    return null;
  },
});

/** Before and after of a region; only the newest is waited for. */
class Previews {
  private newest = 0;

  constructor(private readonly deps: StudioDependencies) {}

  async show({ source, settings, region }: ResizeRequests['resize.preview']['input']): Promise<ResizePreview> {
    const { files, folders, info } = this.deps;
    const path = await pathOfSource(source, this.deps);
    const before = this.newest;
    this.newest += 1;
    const previewId = this.newest;
    if (before > 0) await files.cancelPreview(before);
    const [resolved, inspected] = await Promise.all([resolveSettings(settings, this.deps), files.inspectPicture(path)]);
    if (region.left + region.width > inspected.width || region.top + region.height > inspected.height) {
      throw new StudioError('invalid-request', `Expected a region inside of ${inspected.width} by ${inspected.height} pixels; choose another one.`);
    }
    const plan = planFor(resolved, inspected, 'png');
    requirePossible(plan);
    if (plan.steps.some(({ kind }) => kind === 'extend')) throw new StudioError('invalid-request', 'What a picture is extended by is seen when it is made; a preview shows scaling alone.');
    const says = { appVersion: info.version, imageId: ImageId.parse(randomUUID()), createdAt: '', isTimed: false, parentImageIds: [], licences: [], inGallery: false };
    const { task } = resizeCommand({ jobId: JobId.parse(randomUUID()), resolved, plan, source: { ...inspected, path }, workFolder: folders.resizeWork, target: { path: '', format: 'png', quality: 100 }, says });
    return files.previewResize({ previewId, task, region, folder: folders.previews });
  }
}

/** Nobody can name a preview of an earlier life. */
export async function clearPreviews({ folders }: Pick<StudioDependencies, 'folders'>): Promise<void> {
  await rm(folders.previews, { recursive: true, force: true });
  await mkdir(folders.previews, { recursive: true });
}

/** The `resize.…` channels. */
export function resizeHandlers(jobs: ResizeJobs, deps: StudioDependencies): HandlersOf<'resize'> {
  const previews = new Previews(deps);
  return {
    'resize.plan': ({ source, settings, format }) => jobs.plan(source, settings, format),
    'resize.preview': (input) => previews.show(input),
  };
}
