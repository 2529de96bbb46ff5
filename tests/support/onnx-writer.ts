/** Just enough of onnx/onnx.proto to write small graphs for tests. */
export const FLOAT = 1;
export const INT64 = 7;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
};
export const integer = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
export const bytes = (field: number, content: Iterable<number>): number[] => {
  const list = [...content];
  return [...varint(field * 8 + 2), ...varint(list.length), ...list];
};
export const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value));

export type Dim = number | string;
export const valueInfo = (name: string, type: number, dims: readonly Dim[]): number[] => {
  const shape = dims.flatMap((dim) => bytes(1, typeof dim === 'number' ? integer(1, dim) : text(2, dim)));
  return [...text(1, name), ...bytes(2, bytes(1, [...integer(1, type), ...bytes(2, shape)]))];
};
export const ints = (name: string, values: readonly number[]): number[] => bytes(5, [...text(1, name), ...values.flatMap((value) => integer(8, value)), ...integer(20, 7)]);
export const int = (name: string, value: number): number[] => bytes(5, [...text(1, name), ...integer(3, value), ...integer(20, 2)]);
export const node = (type: string, inputs: readonly string[], options: { readonly output: string; readonly attributes?: readonly number[] }): number[] =>
  bytes(1, [...inputs.flatMap((input) => text(1, input)), ...text(2, options.output), ...text(4, type), ...(options.attributes ?? [])]);
export const constant = (name: string, value: number): number[] => bytes(5, [...integer(2, FLOAT), ...text(8, name), ...bytes(9, new Uint8Array(Float32Array.of(value).buffer))]);
export const axes = (name: string, values: readonly number[]): number[] =>
  bytes(5, [...integer(1, values.length), ...integer(2, INT64), ...text(8, name), ...bytes(9, new Uint8Array(BigInt64Array.from(values, BigInt).buffer))]);

/** A ModelProto around the fields of a graph. */
export const modelProto = (graph: readonly number[]): Uint8Array => Uint8Array.from([...integer(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...integer(2, 17)])]);
