import { dirname, join } from 'node:path';
import { fromFloat16 } from '../tensor/float16';
import { sizeOf } from '../tensor/tensor';
import { FileWindow } from './file-window';
import { ELEMENT_BYTES } from './onnx-file';
import { readFields, readIntegers, readText, type Field } from './protobuf';
import { bytes, integer, message, text } from './protobuf-writer';

/** A stretch of weights that goes into the weights file of the copy, after those before it. */
export interface WeightPiece {
  /** Absolute path of the graph or of its external data file. */
  readonly path: string;
  readonly offset: number;
  /** Bytes to read; halves are written twice as long. */
  readonly length: number;
  readonly isHalf: boolean;
}

export interface Float32Graph {
  /** The ONNX file, in parts. */
  readonly graph: readonly Uint8Array[];
  readonly weights: readonly WeightPiece[];
}

const FLOAT = 1;
const FLOAT16 = 10;
const EXTERNAL = 1;
/** Tensors above this go into the weights file: a graph above 2 GB cannot be written (ENGINE.md 1.1). */
const INLINE_BYTES = 1024;
/** Attributes that name an element type: of Cast, RandomNormalLike, EyeLike, ... */
const TYPE_ATTRIBUTES: readonly string[] = ['to', 'dtype'];

interface Rewrite {
  readonly path: string;
  readonly file: FileWindow;
  readonly folder: string;
  readonly weightsFile: string;
  readonly weights: WeightPiece[];
  written: number;
}

/** What a field becomes; null leaves it as it is. */
type Rule = (field: Field) => readonly Uint8Array[] | null;
/** By field number of onnx/onnx.proto. */
type Rules = Readonly<Record<number, Rule>>;

/** The message in [start, end) with the fields changed that a rule knows; all other bytes are copied. */
function rewrite({ file }: Rewrite, { start, end }: Pick<Field, 'start' | 'end'>, rules: Rules): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let copied = start;
  let position = start;
  for (const field of readFields(file, start, end)) {
    const changed = rules[field.number]?.(field) ?? null;
    if (changed !== null) {
      if (position > copied) parts.push(file.read(copied, position - copied));
      parts.push(...changed);
      copied = field.end;
    }
    position = field.end;
  }
  if (end > copied) parts.push(file.read(copied, end - copied));
  return parts;
}

const nested = (state: Rewrite, rules: Rules): Rule => (field) => message(field.number, rewrite(state, field, rules));

/** An element type that says float16. */
const halfType: Rule = ({ number, value }) => (value === FLOAT16 ? [Uint8Array.from(integer(number, FLOAT))] : null);

/** ValueInfoProto -> type 2 -> tensor_type 1 -> elem_type 1. */
const valueInfo = (state: Rewrite): Rule => nested(state, { 2: nested(state, { 1: nested(state, { 1: halfType }) }) });

interface TensorFields {
  readonly dims: readonly number[];
  readonly type: number;
  readonly name: string;
  readonly raw: Field | null;
  /** Halves as a list of integers, which hand-made graphs use. */
  readonly listed: readonly number[];
  /** location, offset, length of weights in another file. */
  readonly external: Readonly<Record<string, string>> | null;
}

function externalEntry(file: FileWindow, entry: Field): readonly [string, string] {
  const [key = '', value = ''] = [...readFields(file, entry.start, entry.end)].map((part) => readText(file, part));
  return [key, value];
}

function readTensor({ file }: Rewrite, field: Field): TensorFields {
  const dims: number[] = [];
  const listed: number[] = [];
  const external: (readonly [string, string])[] = [];
  let type = 0;
  let name = '';
  let raw: Field | null = null;
  for (const part of readFields(file, field.start, field.end)) {
    if (part.number === 1) dims.push(...readIntegers(file, part));
    else if (part.number === 2) type = part.value;
    else if (part.number === 5) listed.push(...readIntegers(file, part));
    else if (part.number === 8) name = readText(file, part);
    else if (part.number === 9) raw = part;
    else if (part.number === 13) external.push(externalEntry(file, part));
  }
  return { dims, type, name, raw, listed, external: external.length === 0 ? null : Object.fromEntries(external) };
}

const header = ({ dims, type, name }: TensorFields): number[] => [...dims.flatMap((dim) => integer(1, dim)), ...integer(2, type === FLOAT16 ? FLOAT : type), ...text(8, name)];

/** A tensor whose numbers stand in the graph itself. */
const inlineTensor = (tensor: TensorFields, halves: Uint16Array): Uint8Array[] =>
  [Uint8Array.from(header(tensor)), ...message(9, [new Uint8Array(fromFloat16(halves).buffer)])];

/** A tensor whose numbers go into the weights file. */
function outsideTensor(state: Rewrite, tensor: TensorFields, piece: WeightPiece): Uint8Array[] {
  const length = piece.isHalf ? piece.length * 2 : piece.length;
  const entries = { location: state.weightsFile, offset: String(state.written), length: String(length) };
  state.weights.push(piece);
  state.written += length;
  const external = Object.entries(entries).flatMap(([key, value]) => bytes(13, [...text(1, key), ...text(2, value)]));
  return [Uint8Array.from([...header(tensor), ...external, ...integer(14, EXTERNAL)])];
}

/** @param isInitializer attributes keep their numbers inside of the graph. @returns the changed message without its head */
function tensorParts(state: Rewrite, field: Field, isInitializer: boolean): Uint8Array[] | null {
  const fields = readTensor(state, field);
  const { type, raw, listed, external } = fields;
  const isHalf = type === FLOAT16;
  if (external !== null) {
    const { location = '', offset = 0, length = sizeOf(fields.dims) * (ELEMENT_BYTES[type] ?? 1) } = external;
    return outsideTensor(state, fields, { path: join(state.folder, location), offset: Number(offset), length: Number(length), isHalf });
  }
  if (!isHalf) return null;
  if (raw === null) return inlineTensor(fields, Uint16Array.from(listed));
  const length = raw.end - raw.start;
  if (isInitializer && length > INLINE_BYTES) return outsideTensor(state, fields, { path: state.path, offset: raw.start, length, isHalf });
  const content = state.file.read(raw.start, length);
  return inlineTensor(fields, Uint16Array.from({ length: length / 2 }, (_, i) => content.readUInt16LE(i * 2)));
}

const tensor = (state: Rewrite, isInitializer: boolean): Rule => (field) => {
  const parts = tensorParts(state, field, isInitializer);
  return parts === null ? null : message(field.number, parts);
};

/** AttributeProto: name 1, i 3, t 5, g 6, tensors 10, graphs 11. */
function attribute(state: Rewrite): Rule {
  return (field) => {
    const name = [...readFields(state.file, field.start, field.end)].find(({ number }) => number === 1);
    const namesType = name !== undefined && TYPE_ATTRIBUTES.includes(readText(state.file, name));
    const inner: Rules = { 5: tensor(state, false), 6: graph(state), 10: tensor(state, false), 11: graph(state), ...(namesType ? { 3: halfType } : {}) };
    return nested(state, inner)(field);
  };
}

const node = (state: Rewrite): Rule => nested(state, { 5: attribute(state) });

/** GraphProto: node 1, initializer 5, input 11, output 12, value_info 13. */
function graph(state: Rewrite): Rule {
  return (field) => nested(state, { 1: node(state), 5: tensor(state, true), 11: valueInfo(state), 12: valueInfo(state), 13: valueInfo(state) })(field);
}

/**
 * A graph in which everything of half precision is of single precision: weights, constants, casts, declared types.
 * Numbers that were halves are the same numbers; what the graph computes from them no longer overflows at 65504.
 * @param path absolute path of an ONNX file
 * @param weightsFile name of the file beside the copy that will hold `weights`, one after another
 * @throws ProtobufError for a damaged file, the file system's error for one that cannot be read
 */
export function toFloat32Graph(path: string, weightsFile: string): Float32Graph {
  const file = new FileWindow(path);
  const state: Rewrite = { path, file, folder: dirname(path), weightsFile, weights: [], written: 0 };
  try {
    // ModelProto: graph 7, functions 25; FunctionProto: node 7, value_info 12.
    const functions = nested(state, { 7: node(state), 12: valueInfo(state) });
    return { graph: rewrite(state, { start: 0, end: file.size }, { 7: graph(state), 25: functions }), weights: state.weights };
  } finally {
    file.close();
  }
}
