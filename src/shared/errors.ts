/**
 * One closed union of failure codes for the whole program: code decides behaviour, text informs a person.
 * Messages read "Expected X for Y but received Z" or name the thing and the remedy in one sentence.
 */
export const STUDIO_ERROR_CODES = [
  'invalid-request',
  'model-missing',
  'model-invalid',
  'model-unsupported',
  'image-missing',
  'image-invalid',
  'storage-failed',
  'licence-not-accepted',
  'licence-not-allowed',
  'prompt-blocked',
  'insufficient-credits',
  'out-of-memory',
  'engine-crashed',
  'bad-output',
  'cancelled',
  'internal',
] as const;

export type StudioErrorCode = (typeof STUDIO_ERROR_CODES)[number];

/** A `StudioError` as plain data, the only form in which errors cross a process boundary. */
export interface StudioErrorData {
  readonly code: StudioErrorCode;
  /** One sentence in English for a person; names the thing and the remedy. */
  readonly message: string;
  /** Facts for logs and for translated texts: paths, names, numbers. */
  readonly details?: Readonly<Record<string, string | number>>;
}

export class StudioError extends Error {
  readonly code: StudioErrorCode;
  readonly details: Readonly<Record<string, string | number>> | undefined;

  constructor(
    code: StudioErrorCode,
    message: string,
    options: { details?: Readonly<Record<string, string | number>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'StudioError';
    this.code = code;
    this.details = options.details;
  }

  toData(): StudioErrorData {
    return this.details === undefined
      ? { code: this.code, message: this.message }
      : { code: this.code, message: this.message, details: this.details };
  }

  static fromData(data: StudioErrorData): StudioError {
    return new StudioError(data.code, data.message, data.details === undefined ? {} : { details: data.details });
  }

  /** Wraps whatever was caught; a StudioError passes through, anything else becomes `internal` with its cause. */
  static fromCaught(caught: unknown): StudioError {
    if (caught instanceof StudioError) return caught;
    const text = caught instanceof Error ? caught.message : String(caught);
    return new StudioError('internal', text, { cause: caught });
  }
}

/** Ends an exhaustive `switch`: the compiler proves that no case is left. */
export function assertNever(value: never): never {
  throw new StudioError('internal', `Expected every case to be handled but received ${JSON.stringify(value)}`);
}
