import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CanvasDocument, History, type DocumentSummary } from '../../../shared/canvas-document';
import { StudioError } from '../../../shared/errors';
import { DocumentId } from '../../../shared/ids';
import { Staging } from '../../../shared/staging';
import { storageError } from '../../files/storage-error';
import { writeAtomically } from '../../files/write-file';

/** A document with its undo history and the results it waits for: one file, so that they never disagree. */
export interface SavedDocument {
  readonly document: CanvasDocument;
  readonly history: History;
  readonly staging: Staging;
}

/** The open documents, saved as they change. Pictures lie in the asset store; here are only the facts about them. */
export interface DocumentStore {
  /** Newest change first. A file that cannot be read is left alone and not listed. */
  list(): Promise<readonly DocumentSummary[]>;
  /** @throws StudioError `image-missing` or `image-invalid`. */
  load(id: DocumentId): Promise<SavedDocument>;
  save(saved: SavedDocument): Promise<void>;
  /** Moves the file into the trash folder beside the documents. */
  trash(id: DocumentId): Promise<void>;
}

const TRASH = '.trash';
const SUFFIX = '.json';

export function createDocumentStore(folder: string): DocumentStore {
  const pathOf = (id: DocumentId): string => join(folder, `${id}${SUFFIX}`);
  const writing = new Map<DocumentId, Promise<void>>();

  const load = async (id: DocumentId): Promise<SavedDocument> => {
    const path = pathOf(id);
    const text = await readFile(path, 'utf8').catch((caught: unknown) => {
      throw new StudioError('image-missing', 'This document is no longer in the studio’s folder.', { details: { path }, cause: caught });
    });
    return parseDocument(text, path);
  };

  return {
    load,
    list: async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith(SUFFIX));
      const summaries = await Promise.all(
        names.map(async (name): Promise<DocumentSummary | null> => {
          const id = DocumentId.safeParse(name.slice(0, -SUFFIX.length));
          if (!id.success) return null;
          const [info, saved] = [await stat(pathOf(id.data)), await load(id.data).catch(() => null)];
          if (saved === null) return null;
          const { width, height, name: title } = saved.document;
          const pictures = saved.document.layers.flatMap((layer) => (layer.kind === 'picture' && layer.visible && layer.imageId !== null ? [layer.imageId] : []));
          return { id: id.data, name: title, width, height, modifiedAt: Math.round(info.mtimeMs), imageId: pictures.at(-1) ?? null };
        }),
      );
      return summaries.filter((summary) => summary !== null).sort((a, b) => b.modifiedAt - a.modifiedAt);
    },
    save: async (saved) => {
      const { id } = saved.document;
      // One write after another: the last state given is the last state kept.
      const before = writing.get(id) ?? Promise.resolve();
      const next = before.catch(() => undefined).then(() => writeAtomically(pathOf(id), JSON.stringify(saved)));
      writing.set(id, next);
      await next;
    },
    trash: async (id) => {
      await mkdir(join(folder, TRASH), { recursive: true });
      await rename(pathOf(id), join(folder, TRASH, `${id}${SUFFIX}`)).catch((caught: unknown) => {
        throw storageError(caught, pathOf(id), 'move to the trash');
      });
    },
  };
}

/** @throws StudioError `image-invalid` naming the file. */
export function parseDocument(text: string, path: string): SavedDocument {
  const invalid = (cause: unknown): StudioError =>
    new StudioError('image-invalid', `The document ${path} is damaged and cannot be opened; it was left as it is.`, { details: { path }, cause });
  let json: { readonly document?: unknown; readonly history?: unknown; readonly staging?: unknown };
  try {
    json = JSON.parse(text) as typeof json;
  } catch (caught) {
    throw invalid(caught);
  }
  const document = CanvasDocument.safeParse(json.document);
  if (!document.success) throw invalid(document.error);
  // A damaged history costs the undo steps, not the picture; results that are not found again are in the gallery still.
  const history = History.safeParse(json.history);
  const staging = Staging.safeParse(json.staging);
  return { document: document.data, history: history.success ? history.data : { undo: [], redo: [] }, staging: staging.success ? staging.data : [] };
}
