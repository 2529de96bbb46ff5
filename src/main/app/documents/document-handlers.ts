import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { AssetInfo, OpenedDocument } from '../../../shared/contract';
import { AssetId, DocumentId } from '../../../shared/ids';
import type { HandlersOf } from '../handlers';
import type { StudioDependencies } from '../studio-dependencies';
import { parseDocument, type SavedDocument } from './document-store';

/** Every picture a document needs, once. */
export function assetsOf({ document, history }: Pick<SavedDocument, 'document' | 'history'>): readonly AssetId[] {
  // The history holds earlier layers too, and undo must find their pictures.
  const ids = JSON.stringify({ document, history }).matchAll(/"assetId":"([0-9a-f]{64})"/g);
  return [...new Set([...ids].map(([, id]) => AssetId.parse(id)))];
}

/** Opens a `.palimpsest` file as a document of its own: a new id, so that it never replaces the one it was saved from. */
async function openArchive(source: string, { assets, documents, files, folders }: StudioDependencies): Promise<OpenedDocument> {
  const folder = join(folders.staging, randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    const { json, names, lost } = await files.unpackDocument({ source, folder });
    const saved = parseDocument(json, source);
    for (const name of names) await assets.put(await readFile(join(folder, `${name}.png`)));
    const gone = new Set(lost);
    const opened: SavedDocument = {
      document: {
        ...saved.document,
        id: DocumentId.parse(randomUUID()),
        layers: saved.document.layers.filter((layer) => layer.kind !== 'picture' || !gone.has(layer.assetId)),
        masks: saved.document.masks.map((mask) => ({ ...mask, steps: mask.steps.filter((step) => step.kind !== 'image' || !gone.has(step.assetId)) })),
      },
      // Patches speak of layers by place; with one missing they would hit the wrong ones.
      history: lost.length === 0 ? saved.history : { undo: [], redo: [] },
      staging: [],
    };
    await documents.save(opened);
    const lostNames = [
      ...saved.document.layers.flatMap((layer) => (layer.kind === 'picture' && gone.has(layer.assetId) ? [layer.name] : [])),
      ...saved.document.masks.flatMap((mask) => (mask.steps.some((step) => step.kind === 'image' && gone.has(step.assetId)) ? [mask.name] : [])),
    ];
    return { ...opened, staging: [], lost: lostNames.length > 0 || lost.length === 0 ? lostNames : ['undo'] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const EXTENSIONS = { png: 'png', jpeg: 'jpg', webp: 'webp' } as const;

export const assetHandlers = ({ assets, gallery, desktop, files }: StudioDependencies): HandlersOf<'assets'> => ({
  'assets.put': async ({ bytes }) => assets.put(bytes),
  'assets.fromGallery': async ({ imageId }) => assets.put(await readFile((await gallery.placeOf(imageId)).path)),
  'assets.saveAs': async ({ assetId, suggestedName, format }) => {
    const target = await desktop.askWhereToSave(`${suggestedName}.${EXTENSIONS[format]}`, format);
    if (target === null) return null;
    await files.convert(assets.pathOf(assetId), target, format);
    return { fileName: target };
  },
});

export function documentHandlers(deps: StudioDependencies): HandlersOf<'documents'> {
  const { assets, documents, desktop, files, library } = deps;
  return {
    'documents.list': async () => documents.list(),
    'documents.load': async ({ documentId }) => {
      const saved = await documents.load(documentId);
      const staging = await Promise.all(saved.staging.map(async (run) => ({ ...run, imageIds: await library.picturesOfJob({ jobId: run.jobId }) })));
      return { ...saved, staging, lost: [] };
    },
    'documents.save': async (saved) => {
      await documents.save(saved);
      return null;
    },
    'documents.trash': async ({ documentId }) => {
      await documents.trash(documentId);
      return null;
    },
    'documents.openFile': async () => {
      const path = await desktop.askWhatToOpen();
      if (path === null) return null;
      if (extname(path).toLowerCase() === '.palimpsest') return { kind: 'document', ...(await openArchive(path, deps)) };
      const asset: AssetInfo = await assets.put(await readFile(path));
      return { kind: 'picture', name: basename(path, extname(path)), ...asset };
    },
    'documents.exportFile': async ({ documentId }) => {
      // What waits to be chosen from lies in this studio's gallery and does not travel.
      const { document, history } = await documents.load(documentId);
      const target = await desktop.askWhereToSave(`${document.name}.palimpsest`, 'palimpsest');
      if (target === null) return null;
      const paths = assetsOf({ document, history }).map((id) => ({ name: id, path: assets.pathOf(id) }));
      await files.packDocument({ json: JSON.stringify({ document, history }), assets: paths, target });
      return { fileName: target };
    },
  };
}
