import { app, dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron';
import { StudioError } from '../../shared/errors';
import type { DesktopPort } from '../app/studio-dependencies';
import { copyImageToClipboard } from './clipboard';

const FILTERS = {
  png: { name: 'PNG', extensions: ['png'] },
  jpeg: { name: 'JPEG', extensions: ['jpg', 'jpeg'] },
  webp: { name: 'WebP', extensions: ['webp'] },
  palimpsest: { name: 'Palimpsest', extensions: ['palimpsest'] },
  zip: { name: 'ZIP', extensions: ['zip'] },
  csv: { name: 'CSV', extensions: ['csv'] },
} as const;

const PICTURES = ['png', 'jpg', 'jpeg', 'webp', 'avif', 'tif', 'tiff', 'gif'];

/** What the system offers to a program: file dialogs, the clipboard, the file manager. */
export function createDesktop(window: () => BrowserWindow | null, dragIcon: string): DesktopPort {
  return {
    askWhatToOpen: async () => {
      const extensions = ['palimpsest', ...PICTURES];
      const options: OpenDialogOptions = { properties: ['openFile'], filters: [{ name: 'Pictures and documents', extensions }] };
      const parent = window();
      const { canceled, filePaths } = await (parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    askForPictures: async (what) => {
      const options: OpenDialogOptions = what === 'folder' ? { properties: ['openDirectory'] } : { properties: ['openFile', 'multiSelections'], filters: [{ name: 'Pictures', extensions: [...PICTURES] }] };
      const parent = window();
      const { canceled, filePaths } = await (parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
      return canceled || filePaths.length === 0 ? null : filePaths;
    },
    askWhereToSave: async (suggestedName, format) => {
      const { name, extensions } = FILTERS[format];
      const options = { defaultPath: suggestedName, filters: [{ name, extensions: [...extensions] }] };
      const parent = window();
      const { canceled, filePath } = await (parent === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(parent, options));
      return canceled || filePath === '' ? null : filePath;
    },
    copyImage: copyImageToClipboard,
    showInFolder: (path) => shell.showItemInFolder(path),
    askForFolder: async () => {
      const options: OpenDialogOptions = { properties: ['openDirectory', 'createDirectory'] };
      const parent = window();
      const { canceled, filePaths } = await (parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    moveToSystemTrash: async (path) => {
      try {
        await shell.trashItem(path);
      } catch (cause) {
        throw new StudioError('storage-failed', `The system has no trash for ${path}; remove the file by your file manager.`, { details: { path }, cause });
      }
    },
    restart: () => {
      app.relaunch();
      app.quit();
    },
    startDrag: (paths) => {
      const [file] = paths;
      if (file !== undefined) window()?.webContents.startDrag({ file, files: [...paths], icon: dragIcon });
    },
    openFolder: async (path) => {
      const problem = await shell.openPath(path);
      if (problem !== '') throw new StudioError('storage-failed', `Could not open ${path}: ${problem}.`, { details: { path } });
    },
  };
}
