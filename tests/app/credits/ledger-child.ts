/**
 * A studio without a window, for the kill test: real ledger, real gallery, real files. It makes jobs as fast as it can
 * until it is killed. Arguments: data folder, shipped prices.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createJobAccounts } from '../../../src/main/app/credits/job-accounts';
import { createPictureCounter } from '../../../src/main/app/credits/job-pictures';
import { openCredits } from '../../../src/main/app/credits/open-credits';
import { reconcile } from '../../../src/main/app/credits/reconcile';
import { createStudioEvents } from '../../../src/main/app/events';
import { createGallery } from '../../../src/main/app/gallery/gallery';
import { openLibrary } from '../../../src/main/app/gallery/library';
import { createDataFolders, resolveDataFolders } from '../../../src/main/files/data-folders';
import { withPngText } from '../../../src/main/files/png-text';
import { recipeTexts } from '../../../src/main/files/recipe-text';
import { writeStaged } from '../../../src/main/files/write-file';
import { DEFAULT_PLAN } from '../../../src/shared/credits';
import { ImageId, JobId, ModelId } from '../../../src/shared/ids';
import { aModel, aRecipe, aRequest, ONE_PIXEL_PNG } from '../../support/samples';

const [dataDir, shippedPrices] = process.argv.slice(2);
if (dataDir === undefined || shippedPrices === undefined) throw new Error('expected a data folder and the shipped prices');

const folders = resolveDataFolders(dataDir);
createDataFolders(folders);
const { library } = openLibrary({ ...folders, isWatching: false, onEvent: () => undefined, now: () => new Date() });
const gallery = createGallery(folders, library);
const account = await openCredits({ ledger: folders.ledger, shippedPrices, ownPrices: folders.prices, now: Date.now });
await gallery.open();
const { settled, released } = await reconcile(account, createPictureCounter({ library, trash: folders.trash }));
if (account.ledger.sums().rows === 0) account.credits.setPlan({ ...DEFAULT_PLAN, plan: 'pro', timeZone: 'UTC' });

const model = aModel({ id: ModelId.parse('user:xl'), name: 'SDXL', family: 'Stable Diffusion XL' });
const accounts = createJobAccounts({ credits: account.credits, events: createStudioEvents(), peakMemoryOf: (imageId) => gallery.committed(imageId)?.recipe?.peakMemoryBytes ?? 0 });

async function makePicture(jobId: JobId): Promise<ImageId> {
  const imageId = ImageId.parse(randomUUID());
  const recipe = aRecipe({ imageId, jobId, createdAt: new Date().toISOString() });
  const stagedPath = join(folders.staging, `${imageId}.png`);
  await writeStaged(stagedPath, withPngText(ONE_PIXEL_PNG, recipeTexts(recipe)));
  await gallery.commit({ imageId, stagedPath, recipe, width: 1, height: 1 });
  return imageId;
}

process.stdout.write(`ready ${settled} ${released}\n`);
for (let round = 0; ; round++) {
  const jobId = JobId.parse(randomUUID());
  const count = 1 + (round % 3);
  accounts.open({ jobId, model, request: aRequest({ modelId: model.id, count, numInferenceSteps: 10 }) });
  accounts.hear({ type: 'started', jobId, sequence: 0 });
  // Every fourth job is cancelled after its first picture, every fifth before it.
  const wanted = round % 5 === 4 ? 0 : round % 4 === 3 ? 1 : count;
  for (let made = 0; made < wanted; made++) {
    const imageId = await makePicture(jobId);
    accounts.hear({ type: 'imageFinished', jobId, imageId, sequence: 0 });
    // Some pictures are thrown away at once; they were made all the same.
    if (round % 7 === 6) await gallery.trash([imageId]);
  }
  accounts.hear(wanted === count ? { type: 'succeeded', jobId, warnings: [], sequence: 0 } : { type: 'cancelled', jobId, sequence: 0 });
  if (round === 0) process.stdout.write('going\n');
}
