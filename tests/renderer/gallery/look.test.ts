import { describe, expect, it } from 'vitest';
import { actualZoom, kept, panned, placed, WHOLE, zoomedAt } from '../../../src/renderer/features/gallery-viewer/kernels/look';

const view = { width: 1000, height: 500 };
const picture = { width: 2000, height: 2000 };

describe('looking at a picture', () => {
  it('shows the whole of it in the middle', () => {
    expect(placed(WHOLE, picture, view)).toEqual({ scale: 0.25, x: 250, y: 0 });
  });

  it('keeps the point under the cursor while zooming', () => {
    const look = { zoom: 8, x: 0.4, y: 0.45 };
    const at = { x: 300, y: 180 };
    const under = (of: typeof look) => {
      const { scale, x, y } = placed(of, picture, view);
      return [(at.x - x) / scale, (at.y - y) / scale];
    };
    const [x, y] = under(zoomedAt(look, 1.5, { at, picture, view }));
    expect([x, y]).toEqual([expect.closeTo(under(look)[0] ?? 0, 6), expect.closeTo(under(look)[1] ?? 0, 6)]);
  });

  it('shows no emptiness beside a picture that is larger than the view', () => {
    const look = panned({ zoom: 8, x: 0.5, y: 0.5 }, { x: 99_999, y: -99_999 }, { picture, view });
    const { x, y, scale } = placed(look, picture, view);
    expect([x, y + picture.height * scale]).toEqual([expect.closeTo(0, 6), expect.closeTo(view.height, 6)]);
  });

  it('never zooms out beyond the whole, except a small picture to its own size', () => {
    expect(kept({ zoom: 0.1, x: 0.2, y: 0.9 }, picture, view)).toEqual(WHOLE);
    expect(kept({ zoom: 0.1, x: 0.5, y: 0.5 }, { width: 100, height: 100 }, view).zoom).toBeCloseTo(0.2);
    expect(placed({ ...WHOLE, zoom: actualZoom(picture, view) }, picture, view).scale).toBeCloseTo(1);
  });

  it('means the same part of pictures of other sizes', () => {
    const look = { zoom: 4, x: 0.25, y: 0.5 };
    const middle = (size: typeof picture) => {
      const { scale, x } = placed(look, size, view);
      return (view.width / 2 - x) / scale / size.width;
    };
    expect([middle(picture), middle({ width: 512, height: 512 })]).toEqual([0.25, 0.25]);
  });
});
