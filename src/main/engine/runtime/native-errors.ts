import { StudioError, type StudioErrorCode } from '../../../shared/errors';

interface KnownFailure {
  readonly pattern: RegExp;
  readonly code: StudioErrorCode;
  /** `file` is the graph's path below its model folder, `match` what the pattern found. */
  readonly sentence: (file: string, match: RegExpExecArray) => string;
}

/** onnxruntime reports failures as English text only; each known one gets its cause and its remedy. */
const KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    pattern: /Could not find an implementation for (\w+)\(/,
    code: 'model-unsupported',
    sentence: (file, match) =>
      `${file} was optimised for a GPU (operator ${match[1] ?? '?'} has no CPU version): install the plain ONNX export of this model.`,
  },
  {
    pattern: /Type 'tensor\(float16\)' of input parameter .* of operator \(Resize\)/,
    code: 'model-invalid',
    sentence: (file) =>
      `${file} was converted to float16 with its Resize scales, which ONNX forbids: convert it again with Resize kept in float32.`,
  },
  {
    pattern: /bad_alloc|Failed to allocate memory|out of memory|BFCArena/i,
    code: 'out-of-memory',
    sentence: (file) => `The memory of this machine is too small for ${file}: choose a smaller size or model, or close other programs.`,
  },
  {
    pattern: /External data path|External initializer|external data|out of bounds or can not be read/i,
    code: 'model-invalid',
    sentence: (file) => `The weights beside ${file} are missing or cut short: download this model again.`,
  },
  {
    pattern: /File doesn't exist|No such file/i,
    code: 'model-missing',
    sentence: (file) => `${file} is missing: download this model again.`,
  },
  {
    pattern: /Protobuf parsing failed|INVALID_PROTOBUF/i,
    code: 'model-invalid',
    sentence: (file) => `${file} is damaged or cut short: download this model again.`,
  },
  {
    pattern: /Unexpected input data type\. Actual: \(tensor\((\w+)\)\) , expected: \(tensor\((\w+)\)\)/,
    code: 'model-invalid',
    sentence: (file, match) => `${file} wants ${match[2] ?? '?'} where it was given ${match[1] ?? '?'}: its declared types contradict its graph, so export it again.`,
  },
  {
    pattern: /(?:Non concat axis dimensions must match|Got invalid dimensions|mismatched dimensions|cannot be broadcast|Attempting to broadcast)/i,
    code: 'model-unsupported',
    sentence: (file) => `${file} cannot compute this size: choose width and height as multiples of 64, or the model's native size.`,
  },
  {
    pattern: /indices element out of data bounds/,
    code: 'model-invalid',
    sentence: (file) => `${file} knows fewer words than its tokenizer: they are from different models, so install one model whole.`,
  },
  {
    pattern: /not a registered function\/op|No Op registered for (\w+)|is not a registered/,
    code: 'model-unsupported',
    sentence: (file, match) => `${file} holds the operator ${match[1] ?? ''} that this runtime does not know: export it with standard operators.`,
  },
  {
    pattern: /opset|ir_version|IR version/i,
    code: 'model-unsupported',
    sentence: (file) => `${file} is written in a newer ONNX version than this program reads: export it with opset 21 or older.`,
  },
];

/**
 * Turns what onnxruntime threw into one sentence with the file and the remedy.
 * @param file path to show, below the model folder where that is known.
 */
export function fromNativeError(file: string, caught: unknown): StudioError {
  if (caught instanceof StudioError) return caught;
  const text = caught instanceof Error ? caught.message : String(caught);
  const details = { file, native: text.slice(0, 500) };
  for (const known of KNOWN_FAILURES) {
    const match = known.pattern.exec(text);
    if (match !== null) return new StudioError(known.code, known.sentence(file, match), { details, cause: caught });
  }
  const message = `${file} cannot be used by the ONNX runtime, so it is probably damaged: download or export this model again.`;
  return new StudioError('model-invalid', message, { details, cause: caught });
}
