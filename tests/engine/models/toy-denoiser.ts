import { axes, bytes, constant, FLOAT, int, ints, INT64, modelProto, node, text, valueInfo, type Dim } from '../../support/onnx-writer';

/** A denoiser of eight operators in any export dialect: the engine must get the same numbers out of all of them. */
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
  return modelProto(graph);
}
