import './zod-without-eval';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './ui/tokens.css';
import './ui/base.css';
import i18next from 'i18next';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { CanvasSources } from './canvas/canvas-sources';
import { createCommands, reportError } from './commands/commands';
import { createEditCommands } from './commands/edit-commands';
import { createGalleryCommands } from './commands/gallery-commands';
import { resolveLanguage, startI18n } from './i18n/i18n';
import { assetUrl } from './picture-urls';
import { StartFailure } from './StartFailure';
import { connectEvents } from './stores/connect-events';
import { createStores, loadContents, loadSettings, type Stores } from './stores/stores';
import { createStudioApi } from './studio-api';
import { StudioContext } from './studio-context';
import { toasts } from './ui/notify';

/** From here the recipe fits beside the picture without taking its room. */
const WIDE = '(min-width: 1200px)';

/**
 * A stroke of the last moment is written before the window goes: closing waits for it, once. What cannot be written
 * does not hold the window for ever.
 */
function holdUntilSaved({ canvas }: Stores): void {
  let isLeaving = false;
  window.addEventListener('beforeunload', (event) => {
    const { edited, isSaved } = canvas.getState();
    if (isLeaving || edited === null || isSaved) return;
    isLeaving = true;
    event.preventDefault();
    void canvas.flush().finally(() => { window.close(); });
  });
}

/** The page's composition root: events first, then the settings, the first paint, and the contents. */
async function start(container: HTMLElement): Promise<void> {
  await startI18n(resolveLanguage('system', navigator.language));
  const root = createRoot(container);
  const api = createStudioApi(window.studio);
  const stores = createStores(api, {
    onSaveFailed: (caught) => { reportError({ toasts, t: i18next.t }, caught); },
    isRecipeOpen: window.matchMedia(WIDE).matches,
  });
  const browse = createGalleryCommands({ api, stores, toasts, t: i18next.t });
  const disconnect = connectEvents(api, stores, browse.hear);
  const isMac = navigator.userAgent.includes('Mac OS');
  const commands = createCommands({ stores, toasts, t: i18next.t });
  const sources = new CanvasSources(({ assetId }) => assetUrl(assetId));
  const edit = createEditCommands({ api, stores, sources, toasts, t: i18next.t });

  // Whoever is about to close the window leaves the form first.
  window.addEventListener('blur', stores.draft.flush);
  const saveCanvas = (): void => { void stores.canvas.flush(); };
  window.addEventListener('blur', saveCanvas);
  // Meanwhile a day may have ended, or the command line may have spent something.
  window.addEventListener('focus', () => { void stores.credits.load().catch(() => undefined); });
  document.addEventListener('visibilitychange', saveCanvas);
  holdUntilSaved(stores);
  window.addEventListener('pagehide', () => {
    stores.draft.flush();
    saveCanvas();
    disconnect();
  });

  try {
    await loadSettings(stores);
  } catch (caught) {
    root.render(<StartFailure caught={caught} />);
    return;
  }
  root.render(
    <StrictMode>
      <StudioContext value={{ stores, commands, edit, browse, sources, isMac }}>
        <App />
      </StudioContext>
    </StrictMode>,
  );
  const report = (caught: unknown): void => { reportError({ toasts, t: i18next.t }, caught); };
  await Promise.all([loadContents(stores).catch(report), stores.canvas.load().catch(report), stores.licences.load().catch(report)]);
}

const container = document.getElementById('root');
if (container !== null) void start(container);
