import { bytes, FLOAT, modelProto, node, text, integer, valueInfo, type Dim } from '../../support/onnx-writer';

const scales = (scale: number): number[] =>
  bytes(5, [...integer(1, 4), ...integer(2, FLOAT), ...text(8, 'scales'), ...bytes(9, new Uint8Array(Float32Array.of(1, 1, scale, scale).buffer))]);

/** A network that repeats each pixel: what tiles must join to without a seam. @param side fixed pixels a side, or null */
export function toyUpscaler(side: number | null, scale: number): Uint8Array {
  const dims: readonly Dim[] = side === null ? ['batch', 3, 'height', 'width'] : [1, 3, side, side];
  return modelProto([
    ...node('Resize', ['image', '', 'scales'], { output: 'large', attributes: bytes(5, [...text(1, 'mode'), ...text(4, 'nearest'), ...integer(20, 3)]) }),
    ...text(2, 'toy'),
    ...scales(scale),
    ...bytes(11, valueInfo('image', FLOAT, dims)),
    ...bytes(12, valueInfo('large', FLOAT, ['batch', 3, 'large_height', 'large_width'])),
  ]);
}
