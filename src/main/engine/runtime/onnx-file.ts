import { statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, normalize } from 'node:path';
import { StudioError } from '../../../shared/errors';
import { FileWindow } from './file-window';
import { ProtobufError, readFields, readIntegers, readText, type Field } from './protobuf';
import type { ElementType, TensorInfo } from './runtime';

/** What a graph declares and needs, read without loading its weights. */
export interface OnnxFile {
  readonly path: string;
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Operator set versions by domain; `''` is ONNX itself. */
  readonly opsets: Readonly<Record<string, number>>;
  /** How often each operator occurs; names outside ONNX's own domain are written `domain/Name`. */
  readonly operators: Readonly<Record<string, number>>;
  /** Convolutions with stride 2: each halves the grid, so the sides must be divisible by 2 that many times. */
  readonly stridedConvolutions: number;
  /** Channels of the graph inputs that a convolution reads directly, told by its weights where the input's own dimension is symbolic. */
  readonly convolvedChannels: Readonly<Record<string, number>>;
  /** Bytes of the file and of every external data file it names. */
  readonly bytes: number;
  /** Where the weights lie, for the check that they are no zeros. */
  readonly weights: readonly StoredWeights[];
  /** Names of external data files beside the graph. */
  readonly externalFiles: readonly string[];
}

/** One tensor of float weights on disk. */
export interface StoredWeights {
  readonly name: string;
  readonly dims: readonly number[];
  /** Absolute path of the graph or of its external data file. */
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Field numbers of onnx/onnx.proto. */
const MODEL = { graph: 7, opset: 8 } as const;
const GRAPH = { node: 1, initializer: 5, input: 11, output: 12 } as const;
const NODE = { input: 1, operator: 4, attribute: 5, domain: 7 } as const;
const TENSOR = { dims: 1, type: 2, name: 8, raw: 9, external: 13 } as const;

const ELEMENT_TYPES: Readonly<Record<number, ElementType>> = { 1: 'float32', 6: 'int32', 7: 'int64', 9: 'bool', 10: 'float16' };
const FLOAT = 1;
const FLOAT16 = 10;
/** Bytes per element of the types whose raw data has a fixed size. */
export const ELEMENT_BYTES: Readonly<Record<number, number>> = { 1: 4, 2: 1, 3: 1, 4: 2, 5: 2, 6: 4, 7: 8, 9: 1, 10: 2, 11: 8, 12: 4, 13: 8, 16: 2 };

interface ExternalPiece {
  readonly name: string;
  readonly dims: readonly number[];
  readonly isFloat: boolean;
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

interface Scan {
  readonly path: string;
  readonly weights: StoredWeights[];
  readonly file: FileWindow;
  readonly initializers: Map<string, readonly number[]>;
  /** First input and weight of each convolution. */
  readonly convolutions: { readonly input: string; readonly weight: string }[];
  readonly inputs: TensorInfo[];
  readonly outputs: TensorInfo[];
  readonly opsets: Record<string, number>;
  readonly operators: Record<string, number>;
  readonly external: ExternalPiece[];
  stridedConvolutions: number;
}

const fieldsOf = (scan: Scan, field: Field): Generator<Field> => readFields(scan.file, field.start, field.end);

function readDimension(scan: Scan, dimension: Field): number | string {
  for (const part of fieldsOf(scan, dimension)) {
    if (part.number === 1) return part.value;
    if (part.number === 2) return readText(scan.file, part);
  }
  return '?';
}

/** ValueInfoProto: name 1, type 2 -> tensor_type 1 -> elem_type 1, shape 2 -> dim 1. */
function readValueInfo(scan: Scan, field: Field): TensorInfo {
  let name = '';
  let type: ElementType = 'other';
  const dims: (number | string)[] = [];
  for (const part of fieldsOf(scan, field)) {
    if (part.number === 1) name = readText(scan.file, part);
    if (part.number !== 2) continue;
    for (const kind of fieldsOf(scan, part)) {
      if (kind.number !== 1) continue;
      for (const item of fieldsOf(scan, kind)) {
        if (item.number === 1) type = ELEMENT_TYPES[item.value] ?? 'other';
        if (item.number === 2) for (const dimension of fieldsOf(scan, item)) dims.push(readDimension(scan, dimension));
      }
    }
  }
  return { name, type, dims };
}

function isStrided(scan: Scan, attribute: Field): boolean {
  let name = '';
  const values: number[] = [];
  for (const part of fieldsOf(scan, attribute)) {
    if (part.number === 1) name = readText(scan.file, part);
    if (part.number === 8) values.push(...readIntegers(scan.file, part));
  }
  return name === 'strides' && values.every((value) => value === 2) && values.length > 0;
}

function scanNode(scan: Scan, field: Field): void {
  let operator = '';
  let domain = '';
  const attributes: Field[] = [];
  const inputs: string[] = [];
  for (const part of fieldsOf(scan, field)) {
    if (part.number === NODE.input) inputs.push(readText(scan.file, part));
    else if (part.number === NODE.operator) operator = readText(scan.file, part);
    else if (part.number === NODE.domain) domain = readText(scan.file, part);
    else if (part.number === NODE.attribute) attributes.push(part);
  }
  const name = domain === '' || domain === 'ai.onnx' ? operator : `${domain}/${operator}`;
  scan.operators[name] = (scan.operators[name] ?? 0) + 1;
  if (operator !== 'Conv') return;
  scan.convolutions.push({ input: inputs[0] ?? '', weight: inputs[1] ?? '' });
  if (attributes.some((attribute) => isStrided(scan, attribute))) scan.stridedConvolutions += 1;
}

function readExternal(scan: Scan, entries: readonly Field[]): Pick<ExternalPiece, 'location' | 'offset' | 'length'> {
  const values: Record<string, string> = {};
  for (const entry of entries) {
    let key = '';
    let value = '';
    for (const part of fieldsOf(scan, entry)) {
      if (part.number === 1) key = readText(scan.file, part);
      if (part.number === 2) value = readText(scan.file, part);
    }
    values[key] = value;
  }
  return { location: values['location'] ?? '', offset: Number(values['offset'] ?? 0), length: Number(values['length'] ?? 0) };
}

function scanInitializer(scan: Scan, field: Field): void {
  const dims: number[] = [];
  let type = 0;
  let name = '';
  let raw: Field | null = null;
  const external: Field[] = [];
  for (const part of fieldsOf(scan, field)) {
    if (part.number === TENSOR.dims) dims.push(...readIntegers(scan.file, part));
    else if (part.number === TENSOR.type) type = part.value;
    else if (part.number === TENSOR.name) name = readText(scan.file, part);
    else if (part.number === TENSOR.raw) raw = part;
    else if (part.number === TENSOR.external) external.push(part);
  }
  scan.initializers.set(name, dims);
  const expected = dims.reduce((product, dim) => product * dim, 1) * (ELEMENT_BYTES[type] ?? NaN);
  if (raw !== null && raw.end - raw.start !== expected && !Number.isNaN(expected)) {
    throw new ProtobufError(`its tensor ${name} needs ${expected} bytes but holds ${raw.end - raw.start}`);
  }
  const isFloat = type === FLOAT || type === FLOAT16;
  if (isFloat && raw !== null) scan.weights.push({ name, dims, path: scan.path, offset: raw.start, length: raw.end - raw.start });
  if (external.length === 0) return;
  const piece = { ...readExternal(scan, external), name, dims, isFloat };
  scan.external.push(piece.length > 0 || Number.isNaN(expected) ? piece : { ...piece, length: expected });
}

function scanGraph(scan: Scan, graph: Field): void {
  for (const field of fieldsOf(scan, graph)) {
    if (field.number === GRAPH.node) scanNode(scan, field);
    else if (field.number === GRAPH.initializer) scanInitializer(scan, field);
    else if (field.number === GRAPH.input) scan.inputs.push(readValueInfo(scan, field));
    else if (field.number === GRAPH.output) scan.outputs.push(readValueInfo(scan, field));
  }
}

function scanModel(scan: Scan): void {
  let hasGraph = false;
  for (const field of readFields(scan.file, 0, scan.file.size)) {
    if (field.number === MODEL.graph) {
      hasGraph = true;
      scanGraph(scan, field);
    } else if (field.number === MODEL.opset) {
      let domain = '';
      let version = 0;
      for (const part of fieldsOf(scan, field)) {
        if (part.number === 1) domain = readText(scan.file, part);
        if (part.number === 2) version = part.value;
      }
      scan.opsets[domain] = version;
    }
  }
  if (!hasGraph || scan.outputs.length === 0) throw new ProtobufError('it holds no graph');
}

/** Weights of a convolution are [out, in / groups, kernel...]; grouped ones do not read graph inputs in these models. */
function convolvedChannels(scan: Scan): Record<string, number> {
  const names = new Set(scan.inputs.map((input) => input.name));
  const channels: Record<string, number> = {};
  for (const { input, weight } of scan.convolutions) {
    const dims = scan.initializers.get(weight);
    if (names.has(input) && dims?.[1] !== undefined) channels[input] = dims[1];
  }
  return channels;
}

/** Sizes of the external files by name. @throws StudioError when one is missing, too short or outside the folder. */
function checkExternal(path: string, display: string, pieces: readonly ExternalPiece[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { location, offset, length } of pieces) {
    if (location === '' || isAbsolute(location) || normalize(location).startsWith('..')) {
      throw new StudioError('model-invalid', `${display} looks for weights outside its folder (${location}), which is refused: export it with its weights beside it.`);
    }
    const size = sizes.get(location) ?? statSync(join(dirname(path), location), { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      throw new StudioError('model-invalid', `The weights file ${location} beside ${display} is missing: download this model again.`, { details: { file: location } });
    }
    if (offset + length > size) {
      const message = `The weights file ${location} beside ${display} is cut short (${size} bytes, at least ${offset + length} needed): download this model again.`;
      throw new StudioError('model-invalid', message, { details: { file: location, size } });
    }
    sizes.set(location, size);
  }
  return sizes;
}

/**
 * Reads a graph's declarations and checks that its weights are all there, in milliseconds whatever the model's size.
 * @throws StudioError `model-missing` or `model-invalid` with the file and the remedy.
 */
export function readOnnxFile(path: string): OnnxFile {
  const display = `${basename(dirname(path))}/${basename(path)}`;
  let file: FileWindow;
  try {
    file = new FileWindow(path);
  } catch (cause) {
    throw new StudioError('model-missing', `${display} is missing or cannot be read: download this model again.`, { details: { file: display }, cause });
  }
  const scan: Scan = { path, weights: [], file, initializers: new Map(), convolutions: [], inputs: [], outputs: [], opsets: {}, operators: {}, external: [], stridedConvolutions: 0 };
  try {
    scanModel(scan);
  } catch (cause) {
    if (!(cause instanceof ProtobufError)) throw cause;
    throw new StudioError('model-invalid', `${display} is damaged (${cause.message}): download this model again.`, { details: { file: display }, cause });
  } finally {
    file.close();
  }
  const sizes = checkExternal(path, display, scan.external);
  return {
    path,
    // Old exporters list weights among the inputs too.
    inputs: scan.inputs.filter((input) => !scan.initializers.has(input.name)),
    outputs: scan.outputs,
    opsets: scan.opsets,
    operators: scan.operators,
    stridedConvolutions: scan.stridedConvolutions,
    convolvedChannels: convolvedChannels(scan),
    bytes: file.size + [...sizes.values()].reduce((sum, size) => sum + size, 0),
    weights: [
      ...scan.weights,
      ...scan.external.filter((piece) => piece.isFloat).map(({ name, dims, location, offset, length }) => ({ name, dims, path: join(dirname(path), location), offset, length })),
    ],
    externalFiles: [...sizes.keys()],
  };
}
