import { StudioError } from '../../../shared/errors';
import type { Reproduction } from '../../../shared/gallery';
import type { GalleryEvent } from '../../../shared/gallery-contract';
import type { ImageId, JobId } from '../../../shared/ids';
import type { JobEvent } from '../../../shared/job';
import type { Recipe } from '../../../shared/recipe';
import type { Calls } from '../../engine-protocol';
import type { Gallery } from './gallery';

/**
 * Decibels from which on two pictures look the same to people: differences of at most a few levels, as between
 * processors (40 dB is what picture coding takes for "no visible loss").
 */
export const VISUALLY_EQUAL_DB = 40;

/** Why two recipes may give two pictures. */
export function reasonsOf(was: Recipe, is: Recipe): Reproduction['reasons'] {
  const reasons: Reproduction['reasons'][number][] = [];
  const differ = (code: Reproduction['reasons'][number]['code'], before: string, after: string): void => {
    if (before !== after) reasons.push({ code, was: before, is: after });
  };
  differ('model', was.model.name, is.model.name);
  if (was.model.weights !== undefined && is.model.weights !== undefined && was.model.name === is.model.name) differ('model', `${was.model.name} ${was.model.weights}`, `${is.model.name} ${is.model.weights}`);
  differ('app-version', was.app.version, is.app.version);
  differ('size', `${String(was.width)} x ${String(was.height)}`, `${String(is.width)} x ${String(is.height)}`);
  differ('scheduler', was.scheduler.label, is.scheduler.label);
  return reasons;
}

/** The verdict on a picture that was made again. */
export function verdictOf(compared: Calls['comparePictures']['output'], was: Recipe, is: Recipe): Pick<Reproduction, 'verdict' | 'psnr' | 'reasons'> {
  if (compared.psnr === 'identical') return { verdict: 'identical', psnr: null, reasons: [] };
  const reasons = reasonsOf(was, is);
  const told = reasons.length > 0 ? reasons : [{ code: 'unexplained' as const, was: '', is: '' }];
  if (compared.psnr === null) return { verdict: 'different', psnr: null, reasons: told };
  return { verdict: compared.psnr >= VISUALLY_EQUAL_DB ? 'visually-equal' : 'different', psnr: compared.psnr, reasons: told };
}

export interface ReproductionOptions {
  readonly gallery: Gallery;
  compare(input: Calls['comparePictures']['input']): Promise<Calls['comparePictures']['output']>;
  tell(event: Extract<GalleryEvent, { readonly type: 'reproduced' }>): void;
}

/** Watches jobs that make a picture again and judges what they made. */
export function createReproductions({ gallery, compare, tell }: ReproductionOptions): { watch(jobId: JobId, imageId: ImageId): void; hear(event: JobEvent): void } {
  const watched = new Map<JobId, ImageId>();
  const judge = async (imageId: ImageId, newImageId: ImageId): Promise<void> => {
    const [was, is] = [await gallery.get(imageId), await gallery.get(newImageId)];
    if (was.recipe === null || is.recipe === null) throw new StudioError('internal', 'Expected recipes to compare but received none.');
    const [a, b] = [await gallery.placeOf(imageId), await gallery.placeOf(newImageId)];
    tell({ type: 'reproduced', imageId, newImageId, ...verdictOf(await compare({ a: a.path, b: b.path }), was.recipe, is.recipe) });
  };
  return {
    watch: (jobId, imageId) => void watched.set(jobId, imageId),
    hear: (event) => {
      const imageId = watched.get(event.jobId);
      if (imageId === undefined) return;
      if (event.type === 'imageFinished') void judge(imageId, event.imageId).catch((caught: unknown) => console.warn('A picture could not be compared.', caught));
      if (event.type === 'imageFinished' || event.type === 'failed' || event.type === 'cancelled') watched.delete(event.jobId);
    },
  };
}
