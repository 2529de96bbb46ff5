import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { AssetId } from '../../../shared/ids';
import { readPngFacts } from '../../files/png-text';
import { writeAtomically, writeStaged } from '../../files/write-file';

export interface StoredAsset {
  readonly assetId: AssetId;
  readonly width: number;
  readonly height: number;
}

/** Pictures and masks that the page has sent, each kept once under the hash of its bytes; nothing is ever replaced. */
export interface AssetStore {
  /** Takes any picture file; what is no PNG becomes one. @throws StudioError `image-invalid` or `storage-failed`. */
  put(bytes: Uint8Array): Promise<StoredAsset>;
  /** @throws StudioError `image-missing`. */
  pathOf(id: AssetId): string;
}

export interface AssetStoreOptions {
  readonly folder: string;
  /** Decodes a picture file (orientation applied) and writes it as PNG, in another process. */
  normalise(source: string, target: string): Promise<void>;
}

export function createAssetStore({ folder, normalise }: AssetStoreOptions): AssetStore {
  // Two letters of the hash as folder: no folder grows beyond a few hundred files.
  const place = (id: AssetId): string => join(folder, id.slice(0, 2), `${id}.png`);

  const keep = async (png: Uint8Array): Promise<StoredAsset> => {
    const assetId = AssetId.parse(createHash('sha256').update(png).digest('hex'));
    const path = place(assetId);
    if (!existsSync(path)) {
      await mkdir(dirname(path), { recursive: true });
      await writeAtomically(path, png);
    }
    const { width, height } = await readPngFacts(path).catch(async (caught: unknown) => {
      await rm(path, { force: true });
      throw caught;
    });
    return { assetId, width, height };
  };

  return {
    put: async (bytes) => {
      if (isPng(bytes)) return keep(bytes);
      const source = join(folder, `.${randomUUID()}.upload`);
      const target = `${source}.png`;
      try {
        await writeStaged(source, bytes);
        await normalise(source, target);
        return await keep(await readFile(target));
      } finally {
        await rm(source, { force: true });
        await rm(target, { force: true });
      }
    },
    pathOf: (id) => {
      const path = place(id);
      if (!existsSync(path)) throw new StudioError('image-missing', 'A picture of this document is missing from the studio’s folder.', { details: { id } });
      return path;
    },
  };
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const isPng = (bytes: Uint8Array): boolean => PNG_SIGNATURE.every((byte, i) => bytes[i] === byte);
