/** What every prompt tokenizer of the engine can do; made by `loadTokenizer`. */
export interface Tokenizer {
  readonly kind: 'clip' | 't5' | 'word';
  /** Tokens per text encoder call, special tokens included (CLIP 77, T5 512 unless the file says otherwise). */
  readonly maxLength: number;
  readonly padId: number;
  /** `null` where the model has no such token. */
  readonly bosId: number | null;
  readonly eosId: number | null;
  /** Ids of the whole text, without special tokens, padding or truncation. */
  encode(text: string): number[];
}

/** Right-pads `ids` with `padId` to `length`; longer input is a mistake of the caller and comes back unchanged. */
export function padTo(ids: readonly number[], length: number, padId: number): number[] {
  const padded = [...ids];
  while (padded.length < length) padded.push(padId);
  return padded;
}

export interface TruncatedIds {
  /** [length]: bos, text, eos and padding, as diffusers builds them with `truncation=True, padding="max_length"`. */
  readonly ids: number[];
  /** Text tokens that were used and that there were. */
  readonly used: number;
  readonly total: number;
}

/**
 * Wraps text ids in the special tokens, cuts the text where it does not fit and pads to `length`
 * (transformers: the cut text keeps its first tokens, then EOS).
 */
export function wrapTruncated(tokenizer: Tokenizer, textIds: readonly number[], length: number): TruncatedIds {
  const head = tokenizer.bosId === null ? [] : [tokenizer.bosId];
  const tail = tokenizer.eosId === null ? [] : [tokenizer.eosId];
  const room = Math.max(0, length - head.length - tail.length);
  const kept = textIds.slice(0, room);
  return {
    ids: padTo([...head, ...kept, ...tail], length, tokenizer.padId),
    used: kept.length,
    total: textIds.length,
  };
}
