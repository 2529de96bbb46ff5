import { z } from 'zod';
import { Img2ImgRequest, InpaintRequest } from './generation';
import { ImageId, JobId } from './ids';

const EditRequest = z.discriminatedUnion('kind', [Img2ImgRequest, InpaintRequest]);
export type EditRequest = z.infer<typeof EditRequest>;

/**
 * What was asked of a document and waits to be chosen from. Kept beside the document in its file, so that accepting a
 * result and ending the choice are one write; the pictures themselves are in the gallery.
 */
export const Staging = z.array(z.object({ jobId: JobId, request: EditRequest, discarded: z.array(ImageId).max(100) })).max(100);
export type Staging = z.infer<typeof Staging>;

/** One request as the page gets it back, with the pictures that the gallery has of it, oldest first. */
export type RestoredRun = Staging[number] & { readonly imageIds: readonly ImageId[] };
