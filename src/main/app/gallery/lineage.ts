import type { GalleryImage, Lineage, LineageEdge } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';
import type { StudioDatabase } from '../database/open-sqlite';
import type { PictureRows } from './picture-rows';

/** More than a person can read in one graph. */
const MAX_NODES = 200;

const edgesInto = (child: GalleryImage): readonly LineageEdge[] =>
  (child.recipe?.edit?.parentImageIds ?? []).map((parentId) => ({
    parentId,
    childId: child.id,
    relation: child.recipe?.kind ?? 'img2img',
    documentId: child.recipe?.edit?.documentId ?? null,
  }));

export interface LineageReader {
  /** The family of a picture: everything it was made of and everything made of it, nearest first. */
  lineage(id: ImageId): Lineage;
  /** The picture and everything made of it, parents before children. */
  branch(id: ImageId): readonly GalleryImage[];
}

export function createLineage(database: StudioDatabase, rows: PictureRows): LineageReader {
  const childrenOf = database.prepare('SELECT i.id FROM parents p JOIN images i ON i.n = p.n WHERE p.parent_id = ? AND i.shared_id IS NULL ORDER BY i.created_ms');
  const children = (id: ImageId): readonly ImageId[] => (childrenOf.all(id) as { readonly id: ImageId }[]).map((row) => row.id);

  /** Breadth first; `next` names the neighbours of a picture. */
  const walk = (start: ImageId, next: (image: GalleryImage) => readonly ImageId[]) => {
    const found = new Map<ImageId, GalleryImage>();
    const missing: ImageId[] = [];
    const queue = [start];
    const seen = new Set(queue);
    let isCut = false;
    for (let at = 0; at < queue.length; at += 1) {
      const id = queue[at];
      const image = id === undefined ? undefined : rows.byIds([id])[0];
      if (image === undefined) {
        if (id !== undefined) missing.push(id);
        continue;
      }
      if (found.size === MAX_NODES) {
        isCut = true;
        break;
      }
      found.set(image.id, image);
      for (const neighbour of next(image)) {
        if (seen.has(neighbour)) continue;
        seen.add(neighbour);
        queue.push(neighbour);
      }
    }
    return { found, missing, isCut };
  };
  const parents = (image: GalleryImage): readonly ImageId[] => image.recipe?.edit?.parentImageIds ?? [];

  return {
    lineage: (id) => {
      rows.get(id);
      const { found, missing, isCut } = walk(id, (image) => [...parents(image), ...children(image.id)]);
      const edges = [...found.values()].flatMap(edgesInto).filter(({ parentId }) => found.has(parentId) || missing.includes(parentId));
      return { nodes: [...found.values()], edges, missing, isCut };
    },
    branch: (id) => {
      rows.get(id);
      const { found } = walk(id, (image) => children(image.id));
      // A child with two parents in the branch comes behind both.
      const placed = new Set<ImageId>();
      const ordered: GalleryImage[] = [];
      let waiting = [...found.values()];
      while (waiting.length > 0) {
        const ready = waiting.filter((image) => parents(image).every((parent) => !found.has(parent) || placed.has(parent)));
        // Recipes that name each other as parents cannot come from this studio; they are taken as they stand.
        const batch = ready.length > 0 ? ready : waiting.slice(0, 1);
        for (const image of batch) placed.add(image.id);
        ordered.push(...batch);
        waiting = waiting.filter((image) => !placed.has(image.id));
      }
      return ordered;
    },
  };
}
