import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { AppInfo } from '../../shared/contract';
import { StudioError } from '../../shared/errors';
import type { JobId } from '../../shared/ids';
import { openCredits, type OpenCredits } from '../app/credits/open-credits';
import { createPictureCounter } from '../app/credits/job-pictures';
import { reconcile, reconcileRuns } from '../app/credits/reconcile';
import { createAssetStore } from '../app/assets/asset-store';
import { createDocumentStore } from '../app/documents/document-store';
import { createStudioEvents, type StudioEvents } from '../app/events';
import { createGallery } from '../app/gallery/gallery';
import type { Library } from '../app/gallery/library-calls';
import { createLibraryClient } from '../app/gallery/library-client';
import { LIBRARY_FLAG } from '../app/gallery/library-protocol';
import { createThumbnails, type Thumbnails } from '../app/gallery/thumbnails';
import { openAcceptances } from '../app/licences/acceptance-file';
import { createLicences } from '../app/licences/licences';
import { readNotices } from '../app/licences/notices';
import { openQueueFile, type QueueFile } from '../app/jobs/queue-file';
import { restoreQueue, type RestoredJob } from '../app/jobs/restore-queue';
import { createModelRegistry } from '../app/models/model-registry';
import { openSettings } from '../app/settings/settings-file';
import { createUpscalerMemory } from '../app/resize/upscaler-facts';
import { createUpscalerRegistry, type UpscalerRegistry } from '../app/resize/upscaler-registry';
import { createStudio, type Studio } from '../app/studio';
import type { StudioDependencies } from '../app/studio-dependencies';
import { EngineClient } from '../engine-client/engine-client';
import { GRAPH_CACHE_FLAG } from '../engine-protocol';
import { createDataFolders, resolveDataFolders } from '../files/data-folders';
import { dataDirFrom } from './command-line';
import { createDesktop } from './desktop';
import { helperWork, type HelperWork } from './helper-work';
import { acceptDroppedFiles, registerHandlers } from './ipc-router';
import { devServerUrl, STUDIO_ORIGIN } from './origin';
import { lockDown } from './security';
import { declareStudioScheme, serveStudioScheme } from './studio-scheme';
import { utilityTransport } from './utility-transport';
import { openWindow } from './window';

/** A closing page's last messages arrive within a few milliseconds; this is generous. */
const LAST_MESSAGES_MS = 150;

/** Folder of the picture check among the shipped models. */
const CLASSIFIER = 'nsfw-mobilenet-v2';

/** About 200,000 pictures at their usual size. */
const THUMBNAIL_CACHE_BYTES = 2 * 1024 ** 3;
const DRAG_ICON = 'icon.png';

declareStudioScheme();
app.setName('Palimpsest');

const appRoot = app.getAppPath();
const resources = app.isPackaged ? join(process.resourcesPath, 'resources') : join(appRoot, 'resources');
const hostPath = join(appRoot, 'out', 'main', 'engine-host.js');
const devUrl = devServerUrl(app.isPackaged);
const origins = devUrl === null ? [STUDIO_ORIGIN] : [STUDIO_ORIGIN, new URL(devUrl).origin];
const folders = resolveDataFolders(dataDirFrom(process.argv));
// Chromium's own profile and the lock that keeps two studios from one data folder.
app.setPath('userData', join(folders.root, 'chromium'));

/** The composition root: every part is made here and handed its dependencies. */
async function start(): Promise<{ readonly studio: Studio; readonly shutdown: () => Promise<void> }> {
  lockDown(origins);
  createDataFolders(folders);
  const account = await openCredits({ ledger: folders.ledger, shippedPrices: join(resources, 'prices'), ownPrices: folders.prices, now: Date.now });
  for (const problem of account.credits.problems) console.warn(problem);
  const events = createStudioEvents();
  const engine = new EngineClient({
    start: utilityTransport(hostPath, 'Palimpsest engine', [`${GRAPH_CACHE_FLAG}${folders.graphs}`]),
    onStatus: (status) => events.emit('engine.event', status),
  });
  // A second process for short work, so that listing models and saving files never wait for a running job.
  const helper = new EngineClient({ start: utilityTransport(hostPath, 'Palimpsest helper'), idleMs: 20_000 });
  const work = helperWork(helper);
  const { library, stop: stopLibrary } = startLibrary(events);
  const gallery = createGallery(folders, library);
  const models = createModelRegistry({ builtinFolder: join(resources, 'models'), userFolder: folders.models, describe: work.describe });
  const assets = createAssetStore({ folder: folders.assets, normalise: work.normalise });
  const queueFile = await openQueueFile(folders.queue, () => new Date());
  const studio = createStudio({
    info: describeApp(),
    folders,
    gallery,
    library,
    assets,
    documents: createDocumentStore(folders.documents),
    models,
    upscalers: findUpscalers(work),
    credits: account.credits,
    ledger: account.ledger,
    ...(await openChoices()),
    queueFile,
    engine,
    desktop: createDesktop(() => BrowserWindow.getAllWindows()[0] ?? null, join(resources, 'icons', DRAG_ICON)),
    events,
    files: work.files,
  });
  tellWindows(events);
  const router = registerHandlers(studio.handlers, origins);
  acceptDroppedFiles((paths) => studio.resizing.choices.choose(paths), origins);
  await gallery.open();
  // Before a page can ask for a job.
  await studio.restore(await closeWhatCrashed({ account, queueFile, countPictures: createPictureCounter({ library, trash: folders.trash }) }));
  await studio.resizing.restore();
  await serveStudioScheme({ pageFolder: join(appRoot, 'out', 'renderer'), gallery, assets, thumbnails: startThumbnails(library, work), previewFolder: folders.previews, devOrigin: devUrl === null ? null : new URL(devUrl).origin });
  await openWindow({
    preload: join(appRoot, 'out', 'preload', 'index.cjs'),
    devUrl,
    iconFolder: join(resources, 'icons'),
    isDark: nativeTheme.shouldUseDarkColors,
  });
  return {
    studio,
    shutdown: async () => {
      studio.stop();
      // What the page saved while it closed is still on its way here.
      await setTimeout(LAST_MESSAGES_MS);
      await router.idle();
      await Promise.all([engine.shutdown(), helper.shutdown()]);
      await stopLibrary();
      account.close();
    },
  };
}

/** What the user has chosen and agreed to, and what ships to be judged by. */
async function openChoices(): Promise<Pick<StudioDependencies, 'settings' | 'licences' | 'notices' | 'classifier'>> {
  const shipped = join(resources, 'models');
  return {
    settings: await openSettings(folders.settings),
    licences: createLicences({ acceptances: openAcceptances(folders.licences), now: () => new Date() }),
    notices: () => readNotices({ program: appRoot, models: shipped }),
    classifier: { name: CLASSIFIER, folder: join(shipped, 'classifiers', CLASSIFIER) },
  };
}

/** The library's process is started before the window, so that its first page is there when the page asks. */
function startLibrary(events: StudioEvents): ReturnType<typeof createLibraryClient> {
  const { database, marks, backups, pictures } = folders;
  return createLibraryClient({
    start: utilityTransport(join(appRoot, 'out', 'main', 'library.js'), 'Palimpsest library', [`${LIBRARY_FLAG}${JSON.stringify({ database, marks, backups, pictures })}`]),
    onEvent: (event) => events.emit('gallery.event', event),
    onProblem: (problem) => console.warn(problem),
  });
}

const findUpscalers = ({ describeUpscaler }: HelperWork): UpscalerRegistry =>
  createUpscalerRegistry({
    builtinFolder: join(resources, 'models', 'upscalers'),
    userFolder: folders.upscalers,
    memory: createUpscalerMemory({ file: join(folders.root, 'cache', 'upscalers.json'), probe: describeUpscaler }),
  });

function startThumbnails(library: Library, work: HelperWork): Thumbnails {
  return createThumbnails({
    folder: folders.thumbnails,
    limitBytes: THUMBNAIL_CACHE_BYTES,
    make: async ({ id, path }, target, size) => {
      try {
        const { look } = await work.thumbnail({ source: path, target, size });
        await library.putLooks({ looks: [{ imageId: id, look }] });
      } catch (caught) {
        const error = StudioError.fromCaught(caught);
        if (error.code === 'image-invalid') await library.noteDamage({ imageId: id, reason: error.message });
        throw error;
      }
    },
    now: Date.now,
  });
}

function tellWindows(events: StudioEvents): void {
  events.subscribe((topic, payload) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(topic, payload);
  });
}

interface LeftOpen {
  readonly account: OpenCredits;
  readonly queueFile: QueueFile;
  readonly countPictures: (jobId: JobId) => Promise<number>;
}

/** Closes the accounts that a crash has left open. @returns the jobs that wait; their accounts wait with them */
async function closeWhatCrashed({ account, queueFile, countPictures }: LeftOpen): Promise<readonly RestoredJob[]> {
  const waiting = await restoreQueue({ queueFile, ledger: account.ledger }, countPictures);
  await reconcile(account, countPictures, new Set(waiting.map(({ jobId }) => jobId)));
  // A run whose pictures cannot be looked at now stays open until a later start.
  await reconcileRuns(account, folders.runs).catch(console.error);
  return waiting;
}

const describeApp = (): AppInfo => ({
  version: app.getVersion(),
  electron: process.versions.electron ?? '',
  platform: process.platform,
  picturesFolder: folders.pictures,
  modelsFolder: folders.models,
});

function fail(caught: unknown): void {
  const error = StudioError.fromCaught(caught);
  console.error(error.message, error.cause ?? '');
  dialog.showErrorBox('Palimpsest cannot start', error.message);
  app.exit(1);
}

if (!app.requestSingleInstanceLock()) {
  // The first studio shows its window instead.
  app.quit();
} else {
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app.on('window-all-closed', () => app.quit());
  app
    .whenReady()
    .then(start)
    .then(({ shutdown }) => {
      let isDown = false;
      app.on('will-quit', (event) => {
        if (isDown) return;
        event.preventDefault();
        isDown = true;
        void shutdown().finally(() => app.quit());
      });
    })
    .catch(fail);
}
