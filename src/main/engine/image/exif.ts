/** TIFF tag of the orientation (Exif 2.32, 4.6.4). */
const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;

/**
 * The Exif block of a picture whose pixels already stand upright: its orientation becomes 1, every other byte stays.
 * @param exif with or without the "Exif" and two zeros that JPEG puts before it; what is no Exif comes back as it is
 */
export function uprightExif(exif: Uint8Array): Uint8Array {
  const bytes = Buffer.from(exif);
  const start = bytes.toString('latin1', 0, 4) === 'Exif' ? 6 : 0;
  const order = bytes.toString('latin1', start, start + 2);
  if ((order !== 'II' && order !== 'MM') || bytes.length < start + 8) return exif;
  const isLittle = order === 'II';
  const short = (at: number): number => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const directory = start + (isLittle ? bytes.readUInt32LE(start + 4) : bytes.readUInt32BE(start + 4));
  if (directory + 2 > bytes.length) return exif;
  for (let i = 0, at = directory + 2; i < short(directory) && at + ENTRY_BYTES <= bytes.length; i += 1, at += ENTRY_BYTES) {
    if (short(at) !== ORIENTATION) continue;
    if (isLittle) bytes.writeUInt16LE(1, at + 8);
    else bytes.writeUInt16BE(1, at + 8);
  }
  return bytes;
}
