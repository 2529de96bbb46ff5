import { z } from 'zod';
import { ImageId } from '../ids';
import { LIMITS } from '../limits';
import type { ResizeRequests } from './contract';
import { FolderOutput, PreviewRegion, ResizeFolderId, ResizeSource } from './requests';
import { OUTPUT_FORMATS, ResizeSettings } from './settings';
import { UpscalerId, UpscalerTraits } from './upscaler';

const folder = z.strictObject({ folderId: ResizeFolderId });
const choice = { choiceId: z.uuid() };
const index = z.int().min(0);

export const RESIZE_SCHEMAS: { readonly [C in keyof ResizeRequests]: z.ZodType<ResizeRequests[C]['input']> } = {
  'upscalers.list': z.null(),
  'upscalers.answer': z.strictObject({ upscalerId: UpscalerId, traits: UpscalerTraits }),
  'upscalers.openFolder': z.null(),
  'resize.plan': z.strictObject({ source: ResizeSource, settings: ResizeSettings, format: z.enum(OUTPUT_FORMATS) }),
  'resize.preview': z.strictObject({ source: ResizeSource, settings: ResizeSettings, region: PreviewRegion }),
  'resizeFolder.choose': z.strictObject({ what: z.enum(['folder', 'files']) }),
  'resizeFolder.chooseGallery': z.strictObject({ imageIds: z.array(ImageId).min(1).max(LIMITS.gallery.selection) }),
  'resizeFolder.chooseOutput': z.strictObject(choice),
  'resizeFolder.conflicts': z.strictObject({ ...choice, settings: ResizeSettings, output: FolderOutput }),
  'resizeFolder.create': z.strictObject({ ...choice, settings: ResizeSettings, output: FolderOutput }),
  'resizeFolder.list': z.null(),
  'resizeFolder.files': z.strictObject({
    folderId: ResizeFolderId,
    state: z.enum(['waiting', 'running', 'done', 'known', 'exists', 'skipped', 'failed']).nullable(),
    offset: index,
    limit: z.int().min(1).max(500),
  }),
  'resizeFolder.pause': folder,
  'resizeFolder.resume': folder,
  'resizeFolder.skip': z.strictObject({ folderId: ResizeFolderId, index }),
  'resizeFolder.retry': z.strictObject({ folderId: ResizeFolderId, index: index.nullable() }),
  'resizeFolder.remove': folder,
  'resizeFolder.openOutput': folder,
};
