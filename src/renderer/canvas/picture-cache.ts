import { StudioError } from '../../shared/errors';

/** A decoded picture and smaller copies of it: level k is 1 / 2^k of its size. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly levels: readonly ImageBitmap[];
}

/** Below this a smaller copy gains nothing. */
const SMALLEST_LEVEL = 512;

async function makeLevels(bitmap: ImageBitmap): Promise<ImageBitmap[]> {
  const levels = [bitmap];
  for (let last = bitmap; Math.max(last.width, last.height) > SMALLEST_LEVEL;) {
    const size = {
      resizeWidth: Math.max(1, Math.round(last.width / 2)),
      resizeHeight: Math.max(1, Math.round(last.height / 2)),
    };
    last = await createImageBitmap(last, { ...size, resizeQuality: 'medium' });
    levels.push(last);
  }
  return levels;
}

async function load(url: string): Promise<Picture> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new StudioError(
      'image-missing',
      `The picture ${url} cannot be reached; it may have been deleted.`,
      { cause },
    );
  });
  if (!response.ok)
    throw new StudioError(
      'image-missing',
      `The picture ${url} is missing (${String(response.status)}); it may have been deleted.`,
    );
  const bitmap = await createImageBitmap(await response.blob()).catch((cause: unknown) => {
    throw new StudioError('image-invalid', `The picture ${url} cannot be decoded; its file may be damaged.`, {
      cause,
    });
  });
  return { width: bitmap.width, height: bitmap.height, levels: await makeLevels(bitmap) };
}

/** Pictures by URL, decoded once and closed when nobody shows them any more. */
export class PictureCache {
  readonly #loads = new Map<string, Promise<Picture>>();
  readonly #loaded = new Map<string, Picture>();
  #isClosed = false;

  /** The picture if it is there already. */
  get(url: string): Picture | undefined {
    return this.#loaded.get(url);
  }

  /** @throws StudioError `image-missing` or `image-invalid`; a failed load is forgotten, so that it can be tried again. */
  load(url: string): Promise<Picture> {
    const known = this.#loads.get(url);
    if (known !== undefined) return known;
    const started = load(url).then(
      (picture) => {
        if (this.#isClosed || this.#loads.get(url) !== started) close(picture);
        else this.#loaded.set(url, picture);
        return picture;
      },
      (problem: unknown) => {
        this.#loads.delete(url);
        throw problem;
      },
    );
    this.#loads.set(url, started);
    return started;
  }

  /** Gives the memory of all other pictures back. */
  keepOnly(urls: ReadonlySet<string>): void {
    for (const [url, picture] of this.#loaded) {
      if (urls.has(url)) continue;
      this.#loaded.delete(url);
      this.#loads.delete(url);
      close(picture);
    }
  }

  close(): void {
    this.#isClosed = true;
    this.keepOnly(new Set());
  }
}

function close(picture: Picture): void {
  for (const level of picture.levels) level.close();
}
