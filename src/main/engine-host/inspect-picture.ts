import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { AssetId } from '../../shared/ids';
import type { InspectedPicture } from '../engine-protocol';
import { readPictureFacts } from '../engine/image/picture-input';

async function hashOf(path: string): Promise<AssetId> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return AssetId.parse(hash.digest('hex'));
}

/** @throws StudioError `image-missing`; `image-invalid` for what is empty, oversized or no picture */
export async function measurePicture(path: string): Promise<Omit<InspectedPicture, 'sha256'>> {
  const { width, height, channels, depth, format } = await readPictureFacts(path);
  return { width, height, channels, depth, format: format === 'gif' ? 'png' : format };
}

/** The same with the hash of the file's bytes. */
export const inspectPicture = async (path: string): Promise<InspectedPicture> => ({ ...(await measurePicture(path)), sha256: await hashOf(path) });
