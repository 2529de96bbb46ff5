import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { AppInfo } from '../../shared/contract';
import { StudioError } from '../../shared/errors';
import { openDatabase } from '../app/database/database';
import { openCredits } from '../app/credits/open-credits';
import { createPictureCounter, createPictureFinder } from '../app/credits/job-pictures';
import { reconcile } from '../app/credits/reconcile';
import { createAssetStore } from '../app/assets/asset-store';
import { createDocumentStore } from '../app/documents/document-store';
import { createStudioEvents } from '../app/events';
import { createGallery } from '../app/gallery/gallery';
import { createImageIndex } from '../app/gallery/image-index';
import { openAcceptances } from '../app/licences/acceptance-file';
import { createLicences } from '../app/licences/licences';
import { readNotices } from '../app/licences/notices';
import { openQueueFile } from '../app/jobs/queue-file';
import { restoreQueue } from '../app/jobs/restore-queue';
import { createModelRegistry } from '../app/models/model-registry';
import { openSettings } from '../app/settings/settings-file';
import { createStudio, type Studio } from '../app/studio';
import { EngineClient } from '../engine-client/engine-client';
import { GRAPH_CACHE_FLAG } from '../engine-protocol';
import { createDataFolders, resolveDataFolders } from '../files/data-folders';
import { dataDirFrom } from './command-line';
import { createDesktop } from './desktop';
import { helperWork } from './helper-work';
import { registerHandlers } from './ipc-router';
import { devServerUrl, STUDIO_ORIGIN } from './origin';
import { lockDown } from './security';
import { declareStudioScheme, serveStudioScheme } from './studio-scheme';
import { utilityTransport } from './utility-transport';
import { openWindow } from './window';

/** A closing page's last messages arrive within a few milliseconds; this is generous. */
const LAST_MESSAGES_MS = 150;

/** Folder of the picture check among the shipped models. */
const CLASSIFIER = 'nsfw-mobilenet-v2';

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
  await createDataFolders(folders);
  const { database } = openDatabase(folders.database, () => new Date());
  const account = await openCredits({ ledger: folders.ledger, shippedPrices: join(resources, 'prices'), ownPrices: folders.prices, now: Date.now });
  for (const problem of account.credits.problems) console.warn(problem);
  const events = createStudioEvents();
  const engine = new EngineClient({
    start: utilityTransport(hostPath, 'Palimpsest engine', [`${GRAPH_CACHE_FLAG}${folders.graphs}`]),
    onStatus: (status) => events.emit('engine.event', status),
  });
  // A second process for short work, so that listing models and saving files never wait for a running job.
  const helper = new EngineClient({ start: utilityTransport(hostPath, 'Palimpsest helper'), idleMs: 20_000 });
  const gallery = createGallery(folders, createImageIndex(database));
  const work = helperWork(helper);
  const models = createModelRegistry({ builtinFolder: join(resources, 'models'), userFolder: folders.models, describe: work.describe });
  const assets = createAssetStore({ folder: folders.assets, normalise: work.normalise });
  const queueFile = await openQueueFile(folders.queue, () => new Date());
  const studio = createStudio({
    info: describeApp(),
    folders,
    gallery,
    assets,
    documents: createDocumentStore(folders.documents),
    models,
    credits: account.credits,
    ledger: account.ledger,
    settings: await openSettings(folders.settings),
    queueFile,
    picturesOfJob: createPictureFinder(database),
    licences: createLicences({ acceptances: openAcceptances(folders.licences), now: () => new Date() }),
    notices: () => readNotices({ program: appRoot, models: join(resources, 'models') }),
    classifier: { name: CLASSIFIER, folder: join(resources, 'models', 'classifiers', CLASSIFIER) },
    engine,
    desktop: createDesktop(() => BrowserWindow.getAllWindows()[0] ?? null),
    events,
    files: work.files,
  });
  events.subscribe((topic, payload) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send(topic, payload);
  });
  const router = registerHandlers(studio.handlers, origins);
  await gallery.open();
  // After the gallery has read its folder, before a page can ask for a job.
  const countPictures = createPictureCounter({ database, trash: folders.trash });
  const waiting = await restoreQueue({ queueFile, ledger: account.ledger }, countPictures);
  await reconcile(account, countPictures, new Set(waiting.map(({ jobId }) => jobId)));
  studio.restore(waiting);
  await serveStudioScheme({ pageFolder: join(appRoot, 'out', 'renderer'), gallery, assets, devOrigin: devUrl === null ? null : new URL(devUrl).origin });
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
      account.close();
      database.close();
    },
  };
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
