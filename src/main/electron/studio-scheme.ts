import { protocol } from 'electron';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { AssetId, ImageId } from '../../shared/ids';
import type { AssetStore } from '../app/assets/asset-store';
import type { Gallery } from '../app/gallery/gallery';
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

async function serveImage(path: string): Promise<Response> {
  const { size } = await stat(path);
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      'content-type': TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
      'content-length': String(size),
      // A picture never changes under its id.
      'cache-control': 'private, max-age=31536000, immutable',
    },
  });
}

export interface SchemeSources {
  readonly pageFolder: string;
  readonly gallery: Gallery;
  readonly assets: AssetStore;
  /** While developing, the page comes from elsewhere and may read pictures all the same. */
  readonly devOrigin: string | null;
}

/** `studio://app/`: the page, `/image/<id>`, `/asset/<hash>` and `/thumb/<id>` (the picture itself while it has no thumbnail yet). */
export async function serveStudioScheme({ pageFolder, gallery, assets, devOrigin }: SchemeSources): Promise<void> {
  const pageFiles = await listPageFiles(pageFolder);
  const serve = async (url: URL): Promise<Response> => {
    if (url.host !== 'app') return notFound();
    const match = /^\/(image|thumb|asset)\/([^/]+)$/.exec(url.pathname);
    if (match !== null) {
      if (match[1] === 'asset') return serveImage(assets.pathOf(AssetId.parse(match[2])));
      const id = ImageId.safeParse(match[2]);
      if (!id.success) return notFound();
      if (match[1] === 'thumb') {
        const thumbnail = await serveImage(gallery.thumbnailPathOf(id.data)).catch(() => null);
        if (thumbnail !== null) return thumbnail;
      }
      return serveImage(gallery.pathOf(id.data));
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
      const answer = await serve(new URL(request.url));
      if (devOrigin !== null) answer.headers.set('access-control-allow-origin', devOrigin);
      return answer;
    } catch {
      return notFound();
    }
  });
}
