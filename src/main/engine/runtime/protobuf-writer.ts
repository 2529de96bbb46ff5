/** The few encodings of protobuf that small additions to an ONNX graph need; field numbers are onnx/onnx.proto's. */
const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest = Math.floor(rest / 128);
  }
  return [...bytes, rest];
};

/** A non-negative whole number. */
export const integer = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];

/** Bytes, or a message that is already encoded. */
export const bytes = (field: number, content: Iterable<number>): number[] => {
  const list = [...content];
  return [...varint(field * 8 + 2), ...varint(list.length), ...list];
};

export const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value));

/** The same of parts that are too long for lists of numbers. */
export function message(field: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return [Uint8Array.from([...varint(field * 8 + 2), ...varint(length)]), ...parts];
}
