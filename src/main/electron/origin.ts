/** Scheme and host of the page; everything the renderer may reach lies below it. */
export const STUDIO_SCHEME = 'studio';
export const STUDIO_ORIGIN = 'studio://app';

/** electron-vite's dev server while developing, else null; never in a packaged app. */
export function devServerUrl(isPackaged: boolean): string | null {
  const url = process.env['ELECTRON_RENDERER_URL'];
  return isPackaged || url === undefined ? null : url;
}
