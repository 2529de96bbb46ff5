/**
 * Reads SentencePiece's `spiece.model` (protobuf ModelProto) into the `tokenizer.json` that transformers' converter
 * would write for T5, so that one code path does both. Fields: ModelProto.pieces = 1 {piece 1, score 2, type 3},
 * normalizer_spec = 3 {precompiled_charsmap 2} (sentencepiece/src/sentencepiece_model.proto).
 */
interface Field {
  readonly number: number;
  readonly wire: number;
  readonly bytes: Uint8Array;
  readonly value: number;
}

const CONTROL = 3;
const UNKNOWN = 2;
/** T5 adds its sentinels behind the pieces. */
const SENTINELS = 100;

function readVarint(bytes: Uint8Array, start: number): readonly [number, number] {
  let value = 0;
  let scale = 1;
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return [value, at + 1];
    scale *= 128;
  }
  throw new RangeError('a number in the file is cut short');
}

const BYTES_OF_WIRE: ReadonlyMap<number, number> = new Map([
  [1, 8],
  [5, 4],
]);

/** All fields of one message. @throws RangeError when the bytes are no such message */
function readFields(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < bytes.length) {
    const [tag, afterTag] = readVarint(bytes, at);
    const wire = tag & 7;
    let [value, start] = [0, afterTag];
    let length = BYTES_OF_WIRE.get(wire);
    if (wire === 0) [value, start, length] = [...readVarint(bytes, afterTag), 0];
    else if (wire === 2) [length, start] = readVarint(bytes, afterTag);
    if (length === undefined || start + length > bytes.length) throw new RangeError('the file is cut short or no protobuf');
    fields.push({ number: Math.floor(tag / 8), wire, bytes: bytes.subarray(start, start + length), value });
    at = start + length;
  }
  return fields;
}

interface Piece {
  readonly text: string;
  readonly score: number;
  readonly type: number;
}

function readPiece(bytes: Uint8Array): Piece {
  let piece: Piece = { text: '', score: 0, type: 1 };
  for (const field of readFields(bytes)) {
    if (field.number === 1) piece = { ...piece, text: new TextDecoder().decode(field.bytes) };
    else if (field.number === 2) piece = { ...piece, score: new DataView(field.bytes.buffer, field.bytes.byteOffset, 4).getFloat32(0, true) };
    else if (field.number === 3) piece = { ...piece, type: field.value };
  }
  return piece;
}

function addedToken(id: number, content: string): Record<string, unknown> {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
}

/** @throws RangeError when the bytes are no SentencePiece model */
export function sentencePieceToTokenizerJson(bytes: Uint8Array): Record<string, unknown> {
  const fields = readFields(bytes);
  const pieces = fields.filter((field) => field.number === 1 && field.wire === 2).map((field) => readPiece(field.bytes));
  const unknown = pieces.findIndex((piece) => piece.type === UNKNOWN);
  if (pieces.length === 0 || unknown < 0) throw new RangeError('the file holds no pieces');
  const normalizer = fields.find((field) => field.number === 3 && field.wire === 2);
  const charsMap = normalizer === undefined ? undefined : readFields(normalizer.bytes).find((field) => field.number === 2 && field.wire === 2)?.bytes;
  const sentinels = Array.from({ length: SENTINELS }, (_, i) => `<extra_id_${String(SENTINELS - 1 - i)}>`);
  const special = pieces.flatMap((piece, id) => (piece.type === CONTROL || piece.type === UNKNOWN ? [addedToken(id, piece.text)] : []));
  return {
    version: '1.0',
    added_tokens: [...special, ...sentinels.map((content, i) => addedToken(pieces.length + i, content))],
    normalizer:
      charsMap === undefined || charsMap.length === 0
        ? null
        : { type: 'Precompiled', precompiled_charsmap: Buffer.from(charsMap).toString('base64') },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [{ type: 'WhitespaceSplit' }, { type: 'Metaspace', replacement: '\u2581', prepend_scheme: 'always', split: true }],
    },
    post_processor: null,
    decoder: null,
    model: {
      type: 'Unigram',
      unk_id: unknown,
      vocab: [...pieces.map((piece) => [piece.text, piece.score]), ...sentinels.map((content) => [content, 0])],
      byte_fallback: false,
    },
  };
}
