/** A denoiser of five operators in any export dialect: the engine must get the same numbers out of all of them. */
const FLOAT = 1;
const INT64 = 7;

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest & 127) | 128);
  return [...bytes, rest];
};
const integer = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: Iterable<number>): number[] => {
  const list = [...content];
  return [...varint(field * 8 + 2), ...varint(list.length), ...list];
};
const text = (field: number, value: string): number[] => bytes(field, new TextEncoder().encode(value));

type Dim = number | string;
const valueInfo = (name: string, type: number, dims: readonly Dim[]): number[] => {
  const shape = dims.flatMap((dim) => bytes(1, typeof dim === 'number' ? integer(1, dim) : text(2, dim)));
  return [...text(1, name), ...bytes(2, bytes(1, [...integer(1, type), ...bytes(2, shape)]))];
};
const ints = (name: string, values: readonly number[]): number[] => bytes(5, [...text(1, name), ...values.flatMap((value) => integer(8, value)), ...integer(20, 7)]);
const int = (name: string, value: number): number[] => bytes(5, [...text(1, name), ...integer(3, value), ...integer(20, 2)]);
const node = (type: string, inputs: readonly string[], options: { readonly output: string; readonly attributes?: readonly number[] }): number[] =>
  bytes(1, [...inputs.flatMap((input) => text(1, input)), ...text(2, options.output), ...text(4, type), ...(options.attributes ?? [])]);
const constant = (name: string, value: number): number[] => bytes(5, [...integer(2, FLOAT), ...text(8, name), ...bytes(9, new Uint8Array(Float32Array.of(value).buffer))]);
const axes = (name: string, values: readonly number[]): number[] =>
  bytes(5, [...integer(1, values.length), ...integer(2, INT64), ...text(8, name), ...bytes(9, new Uint8Array(BigInt64Array.from(values, BigInt).buffer))]);

export interface Dialect {
  readonly sample: readonly Dim[];
  readonly timestep: { readonly type: 'float' | 'int64'; readonly dims: readonly Dim[] };
  readonly context: readonly Dim[];
  /** Divides by zero, as an overflowing graph would. */
  readonly isBroken?: boolean;
  readonly extraInput?: string;
}

/** out = sample / 3 + mean(context of its own batch item) + mean(timestep) / 1000, as a ModelProto. */
export function toyDenoiser(dialect: Dialect): Uint8Array {
  const { sample, timestep, context } = dialect;
  const graph = [
    ...node('Mul', ['sample', 'third'], { output: 'scaled' }),
    ...node('ReduceMean', ['encoder_hidden_states'], { output: 'words', attributes: [...ints('axes', [1, 2]), ...int('keepdims', 1)] }),
    ...node('Unsqueeze', ['words', 'last'], { output: 'word' }),
    ...node('Add', ['scaled', 'word'], { output: 'conditioned' }),
    ...node('Cast', ['timestep'], { output: 'time', attributes: int('to', FLOAT) }),
    ...node('ReduceMean', ['time'], { output: 'moment', attributes: int('keepdims', 0) }),
    ...node('Div', ['moment', dialect.isBroken === true ? 'zero' : 'thousand'], { output: 'part' }),
    ...node('Add', ['conditioned', 'part'], { output: 'out_sample' }),
    ...text(2, 'toy'),
    ...constant('third', 1 / 3), ...constant('thousand', 1000), ...constant('zero', 0), ...axes('last', [3]),
    ...bytes(11, valueInfo('sample', FLOAT, sample)),
    ...bytes(11, valueInfo('timestep', timestep.type === 'float' ? FLOAT : INT64, timestep.dims)),
    ...bytes(11, valueInfo('encoder_hidden_states', FLOAT, context)),
    ...(dialect.extraInput === undefined ? [] : bytes(11, valueInfo(dialect.extraInput, FLOAT, [1]))),
    ...bytes(12, valueInfo('out_sample', FLOAT, sample)),
  ];
  return Uint8Array.from([...integer(1, 8), ...bytes(7, graph), ...bytes(8, [...text(1, ''), ...integer(2, 17)])]);
}
