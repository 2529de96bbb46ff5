import { z } from 'zod';
import { SAVE_FORMATS, type RequestChannel, type Requests } from './contract';
import { GenerationRequest } from './generation';
import { ImageId, JobId } from './ids';
import { SettingsPatch } from './settings';

const image = z.strictObject({ imageId: ImageId });

/** Channel -> input schema. Parsed once, at the trust boundary in main; nobody checks again behind it. */
export const REQUEST_SCHEMAS: { readonly [C in RequestChannel]: z.ZodType<Requests[C]['input']> } = {
  'app.info': z.null(),
  'jobs.submit': z.strictObject({ jobId: JobId, request: GenerationRequest }),
  'jobs.cancel': z.strictObject({ jobId: JobId }),
  'jobs.snapshot': z.null(),
  'gallery.list': z.strictObject({ limit: z.int().min(1).max(500), before: ImageId.nullable() }),
  'gallery.trash': image,
  'gallery.restore': image,
  'gallery.saveAs': z.strictObject({ imageId: ImageId, format: z.enum(SAVE_FORMATS) }),
  'gallery.copy': image,
  'gallery.showInFolder': image,
  'models.list': z.null(),
  'models.openFolder': z.null(),
  'engine.status': z.null(),
  'settings.get': z.null(),
  'settings.set': SettingsPatch,
};
