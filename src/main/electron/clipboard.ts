import electron, { nativeImage, type NativeImage } from 'electron';
import { StudioError } from '../../shared/errors';

/** Electron up to 39 has `clipboard.writeImage`; later ones follow the web's ClipboardItem. The studio runs on both. */
interface OlderClipboard {
  writeImage(image: NativeImage): void;
}
const isOlder = (clipboard: object): clipboard is OlderClipboard => 'writeImage' in clipboard;

/** @throws StudioError `image-invalid` when the file cannot be decoded. */
export async function copyImageToClipboard(path: string): Promise<void> {
  const image = nativeImage.createFromPath(path);
  if (image.isEmpty()) throw new StudioError('image-invalid', `The picture ${path} cannot be read any more.`, { details: { path } });
  const { clipboard } = electron;
  if (isOlder(clipboard)) {
    clipboard.writeImage(image);
    return;
  }
  const png = new Blob([new Uint8Array(image.toPNG())], { type: 'image/png' });
  await clipboard.write([new electron.ClipboardItem({ 'image/png': png })]);
}
