import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { exportName } from '../../../shared/export-name';
import type { ExportPlan, FileProblem, GalleryImage } from '../../../shared/gallery';
import type { GalleryEvent } from '../../../shared/gallery-contract';
import { ExportId } from '../../../shared/ids';
import { nameKey } from '../../../shared/name-pattern';
import { storageError } from '../../files/storage-error';
import { freePath } from '../../files/write-file';
import type { FilePort } from '../studio-dependencies';

export interface ExportPort extends Pick<FilePort, 'openExport' | 'addToExport' | 'closeExport'> {
  tell(event: Extract<GalleryEvent, { readonly type: 'exporting' | 'exported' }>): void;
}

export interface ExportInput {
  readonly images: readonly { readonly image: GalleryImage; readonly path: string }[];
  readonly plan: ExportPlan;
  /** A zip file, or the folder in which a folder is made. */
  readonly target: string;
}

const EXTENSIONS = { png: '.png', jpeg: '.jpg', webp: '.webp', avif: '.avif' } as const;

/** Names with extensions, each once, in order: a second of the same name gets " (2)". */
export function exportNames(images: readonly GalleryImage[], { namePattern, format, longestSide }: ExportPlan): readonly string[] {
  const taken = new Set<string>();
  return images.map((image, at) => {
    const isCopied = format === 'original' && longestSide === null;
    const name = exportName(namePattern, { image, n: at + 1, total: images.length });
    // A shrunken AVIF becomes a WebP, since nothing of ours writes AVIF.
    const written = format === 'original' ? (image.format === 'avif' && !isCopied ? 'webp' : image.format) : format;
    const extension = isCopied ? extname(image.fileName) || EXTENSIONS[written] : EXTENSIONS[written];
    for (let attempt = 1; ; attempt += 1) {
      const candidate = `${name}${attempt === 1 ? '' : ` (${String(attempt)})`}${extension}`;
      if (taken.has(nameKey(candidate))) continue;
      taken.add(nameKey(candidate));
      return candidate;
    }
  });
}

/** Exports that run, so that they can be stopped. The result appears whole under its name, or not at all. */
export function createExports(port: ExportPort): { start(input: ExportInput): ExportId; cancel(id: ExportId): void } {
  const running = new Map<ExportId, AbortController>();

  /** @returns how many pictures were written */
  const addAll = async (exportId: ExportId, { images, plan }: ExportInput, problems: FileProblem[]): Promise<number> => {
    const names = exportNames(images.map(({ image }) => image), plan);
    const { format, longestSide, withRecipe } = plan;
    const started = Date.now();
    for (const [at, { path }] of images.entries()) {
      if (running.get(exportId)?.signal.aborted === true) throw new StudioError('cancelled', 'The export was cancelled.');
      const secondsLeft = at === 0 ? null : (((Date.now() - started) / at) * (images.length - at)) / 1000;
      port.tell({ type: 'exporting', exportId, done: at, total: images.length, secondsLeft });
      try {
        await port.addToExport({ exportId, source: path, name: names[at] ?? basename(path), format, longestSide, withRecipe });
      } catch (caught) {
        const error = StudioError.fromCaught(caught);
        // One picture that cannot be read stops no other; a full disk does.
        if (error.code !== 'image-invalid' && error.code !== 'image-missing') throw error;
        problems.push({ file: path, reason: error.message });
      }
    }
    if (problems.length === images.length) throw new StudioError('image-invalid', problems[0]?.reason ?? 'There was nothing to export.');
    return images.length - problems.length;
  };

  const run = async (exportId: ExportId, input: ExportInput): Promise<void> => {
    const { plan, target } = input;
    const isZip = plan.as === 'zip';
    const staged = isZip ? join(dirname(target), `.${basename(target)}.${exportId}.tmp`) : join(target, `.export-${exportId}.tmp`);
    const problems: FileProblem[] = [];
    try {
      await port.openExport({ exportId, as: plan.as, path: staged });
      const written = await addAll(exportId, input, problems);
      await port.closeExport({ exportId, isKept: true });
      const path = isZip ? target : await freePath(join(target, 'Palimpsest'));
      await rename(staged, path).catch((caught: unknown) => {
        throw storageError(caught, path, 'write');
      });
      port.tell({ type: 'exported', exportId, path, written, problems, error: null });
    } catch (caught) {
      await port.closeExport({ exportId, isKept: false }).catch(() => undefined);
      await rm(staged, { recursive: true, force: true });
      port.tell({ type: 'exported', exportId, path: target, written: 0, problems, error: StudioError.fromCaught(caught).toData() });
    } finally {
      running.delete(exportId);
    }
  };

  return {
    start: (input) => {
      const exportId = ExportId.parse(randomUUID());
      running.set(exportId, new AbortController());
      void run(exportId, input);
      return exportId;
    },
    cancel: (id) => running.get(id)?.abort(),
  };
}
