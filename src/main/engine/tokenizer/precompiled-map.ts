/**
 * SentencePiece's precompiled normaliser (here nmt_nfkc): a double-array trie from UTF-8 to replacement strings, in the
 * layout of darts-clone, applied as the reference's Rust tokenizer applies it (tokenizers, normalizers/precompiled.rs):
 * to each grapheme of fewer than 6 bytes as a whole, else to each character, taking the SHORTEST matching prefix and
 * dropping the rest of the grapheme. That drops combining marks after, say, a Roman numeral; ids depend on it.
 */
const GRAPHEME_LIMIT_BYTES = 6;

interface Trie {
  readonly units: Uint32Array;
  readonly replacements: Uint8Array;
}

/** Blob: u32 byte size of the trie, its u32 units, then replacements ended by NUL. @throws RangeError when cut short */
function readTrie(blob: Uint8Array): Trie {
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const size = view.getUint32(0, true);
  const units = new Uint32Array(size / 4);
  for (let i = 0; i < units.length; i++) units[i] = view.getUint32(4 + i * 4, true);
  return { units, replacements: blob.subarray(4 + size) };
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** Position of the replacement for the shortest prefix of `key`, or -1. */
function findShortestPrefix(units: Uint32Array, key: Uint8Array): number {
  let position = offsetOf(units[0] ?? 0);
  for (const byte of key) {
    if (byte === 0) return -1;
    position ^= byte;
    const unit = units[position] ?? 0;
    if ((unit & 0x800000ff) !== byte) return -1;
    position ^= offsetOf(unit);
    if ((unit & 0x100) !== 0) return (units[position] ?? 0) & 0x7fffffff;
  }
  return -1;
}

/** Makes the normaliser from the bytes of `precompiled_charsmap`. @throws RangeError when the bytes are cut short */
export function createPrecompiledMap(blob: Uint8Array): (text: string) => string {
  const { units, replacements } = readTrie(blob);
  const utf8 = new TextEncoder();
  const text8 = new TextDecoder();
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

  const transform = (bytes: Uint8Array): string | null => {
    const start = findShortestPrefix(units, bytes);
    if (start < 0) return null;
    const end = replacements.indexOf(0, start);
    return text8.decode(replacements.subarray(start, end < 0 ? undefined : end));
  };

  return (text) => {
    let result = '';
    for (const { segment } of segmenter.segment(text)) {
      const bytes = utf8.encode(segment);
      const whole = bytes.length < GRAPHEME_LIMIT_BYTES ? transform(bytes) : null;
      if (whole !== null) {
        result += whole;
        continue;
      }
      for (const character of segment) result += transform(utf8.encode(character)) ?? character;
    }
    return result;
  };
}
