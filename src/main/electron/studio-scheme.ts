import { protocol } from 'electron';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { AssetId, ImageId } from '../../shared/ids';
import type { AssetStore } from '../app/assets/asset-store';
import { THUMBNAIL_SIZES, type ThumbnailSize } from '../../shared/gallery';
import type { Gallery } from '../app/gallery/gallery';
import type { Thumbnails } from '../app/gallery/thumbnails';
import { STUDIO_SCHEME } from './origin';

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.jfif': 'image/jpeg',
  '.avif': 'image/avif',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const notFound = (): Response => new Response('Not found', { status: 404 });

/** Must run before Electron is ready. Standard and secure, so that the page has an origin and 'self' means it. */
export function declareStudioScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: STUDIO_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, corsEnabled: true } },
  ]);
}

/** The page's files, read once: a URL is looked up here and never joined to a path. */
async function listPageFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [`/${path.slice(folder.length + 1).split('\\').join('/')}`, path]),
  );
}

/** A picture never changes under its id; its thumbnail is asked for under the time of its file, where that matters. */
const FOREVER = 'private, max-age=31536000, immutable';

async function serveImage(path: string, caching = FOREVER): Promise<Response> {
  const { size } = await stat(path);
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      'content-type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
      'content-length': String(size),
      'cache-control': caching,
    },
  });
}

export interface SchemeSources {
  readonly pageFolder: string;
  readonly gallery: Gallery;
  readonly assets: AssetStore;
  readonly thumbnails: Thumbnails;
  /** Before and after of a region, by the hash of their bytes. */
  readonly previewFolder: string;
  /** While developing, the page comes from elsewhere and may read pictures all the same. */
  readonly devOrigin: string | null;
}

const readSize = (url: URL): ThumbnailSize => THUMBNAIL_SIZES.find((size) => String(size) === url.searchParams.get('size')) ?? 256;

/** `studio://app/`: the page, `/image/<id>`, `/asset/<hash>`, `/preview/<hash>` and `/thumb/<id>?size=256`, which answers when the thumbnail is there. */
export async function serveStudioScheme({ pageFolder, gallery, assets, thumbnails, previewFolder, devOrigin }: SchemeSources): Promise<void> {
  const pageFiles = await listPageFiles(pageFolder);
  const serve = async (url: URL, signal: AbortSignal): Promise<Response> => {
    if (url.host !== 'app') return notFound();
    const match = /^\/(image|thumb|asset|preview)\/([^/]+)$/.exec(url.pathname);
    if (match !== null) {
      if (match[1] === 'asset') return serveImage(assets.pathOf(AssetId.parse(match[2])));
      if (match[1] === 'preview') return serveImage(join(previewFolder, `${AssetId.parse(match[2])}.png`));
      const id = ImageId.safeParse(match[2]);
      if (!id.success) return notFound();
      if (match[1] === 'image') return serveImage((await gallery.placeOf(id.data)).path);
      const source = await gallery.thumbnailSource(id.data);
      return serveImage(await thumbnails.get(source, readSize(url), signal), url.searchParams.has('v') ? FOREVER : 'no-cache');
    }
    const path = pageFiles.get(url.pathname === '/' ? '/index.html' : url.pathname);
    if (path === undefined) return notFound();
    return new Response(await readFile(path), {
      headers: {
        'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
      },
    });
  };
  protocol.handle(STUDIO_SCHEME, async (request) => {
    try {
      const answer = await serve(new URL(request.url), request.signal);
      if (devOrigin !== null) answer.headers.set('access-control-allow-origin', devOrigin);
      return answer;
    } catch {
      return notFound();
    }
  });
}
