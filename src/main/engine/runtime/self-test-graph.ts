import { bytes, integer, text } from './protobuf-writer';

/**
 * A convolution, a sigmoid and a matrix product as an ONNX file in memory: what a provider must compute like the
 * processor before it is trusted with a model. Written by hand in protobuf (onnx/onnx.proto), so no binary is shipped.
 */
const FLOAT = 1;
const INTS = 7;

const tensor = (name: string, dims: readonly number[], data: Float32Array): number[] => [
  ...dims.flatMap((dim) => integer(1, dim)),
  ...integer(2, FLOAT),
  ...text(8, name),
  ...bytes(9, new Uint8Array(data.buffer)),
];

const valueInfo = (name: string, dims: readonly number[]): number[] => {
  const shape = dims.flatMap((dim) => bytes(1, integer(1, dim)));
  return [...text(1, name), ...bytes(2, bytes(1, [...integer(1, FLOAT), ...bytes(2, shape)]))];
};

const node = (type: string, inputs: readonly string[], output: string): number[] => [
  ...inputs.flatMap((input) => text(1, input)),
  ...text(2, output),
  ...text(4, type),
];

const intsAttribute = (name: string, values: readonly number[]): number[] =>
  bytes(5, [...text(1, name), ...values.flatMap((value) => integer(8, value)), ...integer(20, INTS)]);

/** Numbers without a pattern that a wrong memory layout could hide in. */
const wave = (count: number, step: number): Float32Array => Float32Array.from({ length: count }, (_, i) => Math.sin(1 + i * step));

const DIMS = [1, 4, 16, 16];

export const SELF_TEST_INPUT = { name: 'x', dims: DIMS, data: wave(4 * 16 * 16, 0.7) } as const;

/** The graph as a serialised ModelProto, opset 17. */
export function selfTestGraph(): Uint8Array {
  const graph = [
    ...bytes(1, [...node('Conv', ['x', 'kernel'], 'convolved'), ...intsAttribute('pads', [1, 1, 1, 1])]),
    ...bytes(1, node('Sigmoid', ['convolved'], 'squashed')),
    ...bytes(1, node('MatMul', ['squashed', 'matrix'], 'y')),
    ...text(2, 'provider-self-test'),
    ...bytes(5, tensor('kernel', [8, 4, 3, 3], wave(8 * 4 * 9, 1.3))),
    ...bytes(5, tensor('matrix', [16, 16], wave(16 * 16, 2.1))),
    ...bytes(11, valueInfo('x', DIMS)),
    ...bytes(12, valueInfo('y', [1, 8, 16, 16])),
  ];
  return Uint8Array.from([...integer(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...integer(2, 17)])]);
}
