import { z } from 'zod';
import { CanvasDocument, History } from './canvas-document';
import type { RequestChannel, Requests } from './contract';
import { SAVE_FORMATS } from './save-format';
import { CREDITS_SCHEMAS } from './credits-schemas';
import { GALLERY_SCHEMAS } from './gallery-schemas';
import { GenerationRequest } from './generation';
import { AssetId, DocumentId, ImageId, JobId } from './ids';
import { LICENCE_SCHEMAS } from './licences/licence-schemas';
import { ResizeRequest } from './resize/requests';
import { RESIZE_SCHEMAS } from './resize/schemas';
import { SettingsPatch } from './settings';
import { Staging } from './staging';

const image = z.strictObject({ imageId: ImageId });
const document = z.strictObject({ documentId: DocumentId });
/** An uncompressed 8000 x 8000 picture and then some. */
const MAX_UPLOAD_BYTES = 256 * 1024 * 1024;

/** Channel -> input schema. Parsed once, at the trust boundary in main; nobody checks again behind it. */
export const REQUEST_SCHEMAS: { readonly [C in RequestChannel]: z.ZodType<Requests[C]['input']> } = {
  'app.info': z.null(),
  'jobs.submit': z.strictObject({ jobId: JobId, request: z.union([GenerationRequest, ResizeRequest]) }),
  'jobs.cancel': z.strictObject({ jobId: JobId }),
  'jobs.resume': z.strictObject({ jobId: JobId }),
  'jobs.snapshot': z.null(),
  ...GALLERY_SCHEMAS,
  'assets.put': z.strictObject({ bytes: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_UPLOAD_BYTES, 'too large') }),
  'assets.saveAs': z.strictObject({ assetId: AssetId, suggestedName: z.string().min(1).max(120), format: z.enum(SAVE_FORMATS) }),
  'assets.fromGallery': image,
  'documents.list': z.null(),
  'documents.load': document,
  'documents.save': z.strictObject({ document: CanvasDocument, history: History, staging: Staging }),
  'documents.trash': document,
  'documents.openFile': z.null(),
  'documents.exportFile': document,
  'models.list': z.null(),
  'models.openFolder': z.null(),
  'engine.status': z.null(),
  ...CREDITS_SCHEMAS,
  ...LICENCE_SCHEMAS,
  ...RESIZE_SCHEMAS,
  'settings.get': z.null(),
  'settings.set': SettingsPatch,
};
