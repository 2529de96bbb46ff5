import { graphlib, layout } from '@dagrejs/dagre';
import type { Lineage } from '../../../../shared/gallery';
import type { ImageId } from '../../../../shared/ids';

/** Pixels of a picture in the graph. */
export const NODE = { width: 116, height: 116 } as const;

export interface PlacedNode {
  readonly id: ImageId;
  /** Upper left corner, pixels. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly parentId: ImageId;
  readonly childId: ImageId;
  /** Corners of the line from parent to child. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface LineageLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Layers from left (the first parents) to right; the method of Gansner et al. (1993), by dagre. */
export function lineageLayout({ nodes, edges }: Pick<Lineage, 'nodes' | 'edges'>): LineageLayout {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 72, marginx: 24, marginy: 24 });
  graph.setDefaultEdgeLabel(() => ({}));
  const known = new Set<string>(nodes.map(({ id }) => id));
  for (const { id } of nodes) graph.setNode(id, { ...NODE });
  const shown = edges.filter(({ parentId, childId }) => known.has(parentId) && known.has(childId));
  for (const { parentId, childId } of shown) graph.setEdge(parentId, childId);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes: nodes.map(({ id }) => {
      const { x, y } = graph.node(id);
      return { id, x: x - NODE.width / 2, y: y - NODE.height / 2 };
    }),
    edges: shown.map(({ parentId, childId }) => ({ parentId, childId, points: graph.edge(parentId, childId).points ?? [] })),
  };
}

/** The nearest picture in a direction, for the arrow keys; null when there is none. */
export function neighbourTowards({ nodes }: LineageLayout, from: ImageId, key: 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'): ImageId | null {
  const start = nodes.find(({ id }) => id === from);
  if (start === undefined) return null;
  const [along, across] = key === 'ArrowLeft' || key === 'ArrowRight' ? (['x', 'y'] as const) : (['y', 'x'] as const);
  const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  const reach = nodes
    .map((node) => ({ id: node.id, ahead: (node[along] - start[along]) * sign, aside: Math.abs(node[across] - start[across]) }))
    .filter(({ ahead }) => ahead > 1)
    .sort((a, b) => a.ahead + 2 * a.aside - (b.ahead + 2 * b.aside));
  return reach[0]?.id ?? null;
}
