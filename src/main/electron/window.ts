import { BrowserWindow } from 'electron';
import { join } from 'node:path';
import { STUDIO_ORIGIN } from './origin';

/** The one window; its page is sandboxed and reaches main only through the preload's bridge. */
export async function openWindow(options: { readonly preload: string; readonly devUrl: string | null; readonly iconFolder: string; readonly isDark: boolean }): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 640,
    show: false,
    autoHideMenuBar: true,
    title: 'Palimpsest',
    icon: join(options.iconFolder, 'icon.png'),
    // The colour behind the page while it loads: no white flash in the dark.
    backgroundColor: options.isDark ? '#121212' : '#cfcfcf',
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  await window.loadURL(options.devUrl ?? `${STUDIO_ORIGIN}/index.html`);
  return window;
}
