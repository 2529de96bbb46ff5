import type { FileWindow } from './file-window';

/** A field of a protobuf message: where its value lies, or the value itself where it is a number. */
export interface Field {
  readonly number: number;
  /** 0 varint, 1 eight bytes, 2 length-delimited, 5 four bytes. */
  readonly wireType: number;
  /** Value of a varint; 0 otherwise. Integers above 2^53 lose their low bits, which no size in a model file reaches. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with the bytes; the caller names the file. */
export class ProtobufError extends Error {}

const MAX_VARINT_BYTES = 10;
const SIGN_BIT = 2 ** 63;

function readVarint(file: FileWindow, position: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < MAX_VARINT_BYTES; i += 1) {
    const byte = file.byteAt(position + i);
    if (byte < 0) throw new ProtobufError('it ends in the middle of a number');
    value += (byte & 127) * scale;
    scale *= 128;
    // Negative numbers are ten bytes of two's complement; only -1 for "unknown" occurs in model files.
    if (byte < 128) return { value: value >= SIGN_BIT ? value - 2 ** 64 : value, next: position + i + 1 };
  }
  throw new ProtobufError('it holds bytes that are no number');
}

/**
 * The fields of the message in [start, end), in file order. Nothing of a length-delimited field is read.
 * @throws ProtobufError where the bytes are no message or reach over the end.
 */
export function* readFields(file: FileWindow, start: number, end: number): Generator<Field> {
  let position = start;
  while (position < end) {
    const tag = readVarint(file, position);
    const number = Math.floor(tag.value / 8);
    const wireType = tag.value % 8;
    if (number === 0) throw new ProtobufError('it holds zeros where a field should start');
    let value = 0;
    let from = tag.next;
    let to: number;
    if (wireType === 0) {
      const varint = readVarint(file, from);
      value = varint.value;
      to = varint.next;
    } else if (wireType === 2) {
      const length = readVarint(file, from);
      from = length.next;
      to = from + length.value;
    } else if (wireType === 1 || wireType === 5) {
      to = from + (wireType === 1 ? 8 : 4);
    } else {
      throw new ProtobufError(`it holds a field of the unknown kind ${wireType}`);
    }
    if (to > end) throw new ProtobufError(`it needs ${to} bytes but holds ${Math.min(end, file.size)}`);
    yield { number, wireType, value, start: from, end: to };
    position = to;
  }
}

/** UTF-8 text of a length-delimited field, at most `limit` bytes of it. */
export const readText = (file: FileWindow, field: Field, limit = 4096): string =>
  file.read(field.start, Math.min(limit, field.end - field.start)).toString('utf8');

/** A repeated integer field: one value when unpacked, several when packed. */
export function readIntegers(file: FileWindow, field: Field): number[] {
  if (field.wireType !== 2) return [field.value];
  const values: number[] = [];
  for (let position = field.start; position < field.end; ) {
    const varint = readVarint(file, position);
    values.push(varint.value);
    position = varint.next;
  }
  return values;
}
