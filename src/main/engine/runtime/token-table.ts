import { readFileSync } from 'node:fs';
import { toFloat16 } from '../tensor/float16';
import { FileWindow } from './file-window';
import { readFields, readIntegers, readText, type Field } from './protobuf';
import { bytes, integer, text } from './protobuf-writer';

/** The table [vocabulary, width] from which a text encoder takes each token's vector. */
export interface TokenTable {
  /** Absolute path of the graph. */
  readonly path: string;
  readonly name: string;
  readonly rows: number;
  readonly width: number;
  readonly type: 'float32' | 'float16';
  /** Where in the file the table's name stands as an input of a Gather. */
  readonly readers: readonly Field[];
  /** Names of all tensors of the graph. */
  readonly names: ReadonlySet<string>;
}

interface Scan {
  readonly file: FileWindow;
  readonly tables: Map<string, Pick<TokenTable, 'name' | 'rows' | 'width' | 'type'>>;
  readonly gathers: { readonly name: string; readonly field: Field }[];
  readonly names: Set<string>;
}

const FLOAT = 1;
const FLOAT16 = 10;
const INT64 = 7;
const MODEL_GRAPH = 7;

function scanNode({ file, gathers, names }: Scan, node: Field): void {
  const inputs: Field[] = [];
  let operator = '';
  for (const part of readFields(file, node.start, node.end)) {
    if (part.number === 1) inputs.push(part);
    else if (part.number === 2) names.add(readText(file, part));
    else if (part.number === 4) operator = readText(file, part);
  }
  const [first] = inputs;
  if (operator === 'Gather' && first !== undefined) gathers.push({ name: readText(file, first), field: first });
}

function scanInitializer({ file, tables, names }: Scan, initializer: Field): void {
  const dims: number[] = [];
  let type = 0;
  let name = '';
  for (const part of readFields(file, initializer.start, initializer.end)) {
    if (part.number === 1) dims.push(...readIntegers(file, part));
    else if (part.number === 2) type = part.value;
    else if (part.number === 8) name = readText(file, part);
  }
  names.add(name);
  const [rows, width] = dims;
  if (dims.length !== 2 || rows === undefined || width === undefined || (type !== FLOAT && type !== FLOAT16)) return;
  tables.set(name, { name, rows, width, type: type === FLOAT ? 'float32' : 'float16' });
}

/**
 * Finds the token table: of all float matrices that a Gather reads the one with the most rows (positions have 77).
 * @returns null where the exporter hid it, as behind a fused or a quantised operator
 */
export function findTokenTable(path: string): TokenTable | null {
  const file = new FileWindow(path);
  const scan: Scan = { file, tables: new Map(), gathers: [], names: new Set() };
  try {
    for (const part of readFields(file, 0, file.size)) {
      if (part.number !== MODEL_GRAPH) continue;
      for (const field of readFields(file, part.start, part.end)) {
        if (field.number === 1) scanNode(scan, field);
        else if (field.number === 5) scanInitializer(scan, field);
      }
    }
  } finally {
    file.close();
  }
  const gathered = scan.gathers.flatMap(({ name }) => scan.tables.get(name) ?? []);
  const [table] = gathered.sort((a, b) => b.rows - a.rows);
  if (table === undefined) return null;
  return { ...table, path, names: scan.names, readers: scan.gathers.filter(({ name }) => name === table.name).map(({ field }) => field) };
}

/** A name of so many bytes that no tensor has yet. */
function freeName(length: number, taken: ReadonlySet<string>): string {
  for (let i = 0; ; i += 1) {
    const name = i.toString(36).padStart(length, '_').slice(-length);
    if (!taken.has(name)) return name;
  }
}

const tensor = (name: string, dims: readonly number[], content: { readonly type: number; readonly data: ArrayBufferView }): number[] => [
  ...dims.flatMap((dim) => integer(1, dim)),
  ...integer(2, content.type),
  ...text(8, name),
  ...bytes(9, new Uint8Array(content.data.buffer, content.data.byteOffset, content.data.byteLength)),
];

/**
 * The graph with other vectors in some rows of its token table, as an ONNX file in memory. Two things change: the
 * Gather reads a tensor of another name (of the same length, so nothing moves), and a second part of the graph, which
 * protobuf merges with the first, makes that tensor of the table and the new rows. External weights stay where they are.
 *
 * Rows are replaced rather than added, because exports of OpenAI's encoders find the end of the text as the largest id.
 * @param rows.ids the rows to replace
 * @param rows.data [ids.length, table.width]
 */
export function withRows(table: TokenTable, rows: { readonly ids: readonly number[]; readonly data: Float32Array }): Uint8Array {
  const graph = readFileSync(table.path);
  const reader = table.readers[0];
  const name = freeName(reader === undefined ? 1 : reader.end - reader.start, table.names);
  for (const { start } of table.readers) graph.write(name, start, 'utf8');
  const places = freeName(name.length + 1, table.names);
  const values = freeName(name.length + 2, table.names);
  const count = rows.ids.length;
  const content = table.type === 'float32' ? { type: FLOAT, data: rows.data } : { type: FLOAT16, data: toFloat16(rows.data) };
  const added = [
    ...bytes(1, [...text(1, table.name), ...text(1, places), ...text(1, values), ...text(2, name), ...text(3, `${name}_rows`), ...text(4, 'ScatterND')]),
    ...bytes(5, tensor(places, [count, 1], { type: INT64, data: BigInt64Array.from(rows.ids, BigInt) })),
    ...bytes(5, tensor(values, [count, table.width], content)),
  ];
  return Buffer.concat([graph, Uint8Array.from(bytes(MODEL_GRAPH, added))]);
}
