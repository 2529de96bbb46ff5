import { describe, expect, it } from 'vitest';
import { lineageLayout, neighbourTowards } from '../../../src/renderer/features/gallery-lineage/kernels/lineage-layout';
import { imageNumber } from './library';

const id = (number: number) => imageNumber(number).id;
const edge = (parent: number, child: number) => ({ parentId: id(parent), childId: id(child), relation: 'inpaint' as const, documentId: null });
const lineage = { nodes: [0, 1, 2, 3, 4].map(imageNumber), edges: [edge(0, 1), edge(0, 2), edge(1, 3), edge(2, 3), edge(4, 99)] };

describe('the lineage graph', () => {
  const placed = lineageLayout(lineage);
  const at = (number: number) => placed.nodes.find((node) => node.id === id(number)) ?? { x: NaN, y: NaN };

  it('puts children right of their parents and no picture on another', () => {
    expect([at(0).x < at(1).x, at(1).x === at(2).x, at(2).x < at(3).x]).toEqual([true, true, true]);
    const places = placed.nodes.map(({ x, y }) => `${String(x)} ${String(y)}`);
    expect(new Set(places).size).toBe(placed.nodes.length);
    for (const { x, y } of placed.nodes) expect([x >= 0, y >= 0, x + 116 <= placed.width, y + 116 <= placed.height]).toEqual([true, true, true, true]);
  });

  it('draws only lines between pictures that are there', () => {
    expect(placed.edges.map(({ parentId, childId }) => [parentId, childId])).toEqual([[id(0), id(1)], [id(0), id(2)], [id(1), id(3)], [id(2), id(3)]]);
    expect(placed.edges.every(({ points }) => points.length >= 2)).toBe(true);
  });

  it('can be walked with the arrows', () => {
    const right = neighbourTowards(placed, id(0), 'ArrowRight');
    expect([id(1), id(2)]).toContain(right);
    expect([neighbourTowards(placed, id(3), 'ArrowRight'), neighbourTowards(placed, id(1), 'ArrowLeft')]).toEqual([null, id(0)]);
  });

  it('draws a picture without a family', () => {
    expect(lineageLayout({ nodes: [imageNumber(1)], edges: [] }).nodes).toHaveLength(1);
  });
});
