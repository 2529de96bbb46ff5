import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStudioEvents } from '../../../src/main/app/events';
import { openAcceptances } from '../../../src/main/app/licences/acceptance-file';
import { createLicences } from '../../../src/main/app/licences/licences';
import { openQueueFile } from '../../../src/main/app/jobs/queue-file';
import { openSettings } from '../../../src/main/app/settings/settings-file';
import { createStudio } from '../../../src/main/app/studio';
import type { StudioDependencies } from '../../../src/main/app/studio-dependencies';
import { resolveDataFolders } from '../../../src/main/files/data-folders';
import { StudioError } from '../../../src/shared/errors';
import type { GenerateCommand } from '../../../src/main/engine-protocol';
import { REQUEST_SCHEMAS } from '../../../src/shared/contract-schemas';
import { DEFAULT_CHOICE } from '../../../src/shared/moderation/moderation';
import type { ModelSummary } from '../../../src/shared/model';
import { aJobId, aModel, aRequest } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';
import { aPlan, openAccount } from './open-account';

const MODEL = aModel({ family: 'Stable Diffusion XL', name: 'SDXL', size: { min: 64, max: 1024, multipleOf: 8 } });

/** The real studio over a real ledger; the engine refuses every job, and the rest of the desktop is not asked. */
async function openStudio(change: Partial<ModelSummary> = {}) {
  const summary = { ...MODEL, ...change };
  const account = openAccount();
  const folder = tempFolder();
  const sent: GenerateCommand[] = [];
  const folders = resolveDataFolders(folder);
  const settings = await openSettings(folders.settings);
  const parts = {
    settings,
    queueFile: await openQueueFile(folders.queue, () => new Date(0)),
    licences: createLicences({ acceptances: openAcceptances(folders.licences), now: () => new Date(0) }),
    classifier: { name: 'check', folder: '/check' },
    credits: account.credits,
    ledger: account.ledger,
    events: createStudioEvents(),
    folders,
    info: { version: '0.1.0' },
    models: { list: () => Promise.resolve([summary]), find: () => Promise.resolve({ summary, path: '/model' }), upscalerPath: () => '/upscaler' },
    assets: { pathOf: () => '/asset' },
    engine: {
      allowRestart: () => undefined,
      generate: (command: GenerateCommand) => {
        sent.push(command);
        return Promise.reject(new StudioError('out-of-memory', 'Choose a smaller size.'));
      },
    },
    desktop: { askWhereToSave: (name: string) => Promise.resolve(join(folder, name)) },
  };
  const studio = createStudio(parts as unknown as StudioDependencies);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 20));
  return { ...account, studio, settings, sent, settle };
}

const request = aRequest({ width: 1024, height: 1024, numInferenceSteps: 50, count: 2 });

describe('credits in the studio', () => {
  it('reserves before a job starts, tells the engine whose picture it is, and releases when the job fails', async () => {
    const { studio, ledger, sent } = await openStudio();
    const jobId = aJobId();
    await studio.handlers['jobs.submit']({ jobId, request });
    expect(ledger.reservationOf(jobId)).toMatchObject({ price: 4000 });
    await expect.poll(() => sent[0]?.output.jobId).toBe(jobId);
    await expect.poll(() => ledger.closingOf(jobId)).toMatchObject({ kind: 'release', price: 0 });
  });

  it('refuses what does not fit, and the engine hears nothing of it', async () => {
    const { studio, ledger, sent, settle } = await openStudio();
    await studio.handlers['credits.setPlan'](aPlan({ plan: 'custom', customAllowance: 2000 }));
    await expect(studio.handlers['jobs.submit']({ jobId: aJobId(), request })).rejects.toMatchObject({ code: 'insufficient-credits', details: { fits: 1 } });
    await settle();
    expect(sent).toEqual([]);
    expect(ledger.sums().rows).toBe(1);
    expect((await studio.handlers['jobs.snapshot'](null)).jobs).toEqual([]);
  });

  it('takes nothing for a prompt that the word list refuses, and tells which rule', async () => {
    const { studio, settings, ledger, sent, settle } = await openStudio();
    await settings.set({ moderation: { choices: { personal: { ...DEFAULT_CHOICE, prompt: 'block' } }, rules: null } });
    const refused = aRequest({ prompt: 'a nude statue' });
    await expect(studio.handlers['jobs.submit']({ jobId: aJobId(), request: refused })).rejects.toMatchObject({ code: 'prompt-blocked', details: { ruleName: 'Nudity', word: 'nude*' } });
    await settle();
    expect([sent.length, ledger.sums().rows]).toEqual([0, 0]);
  });

  it('takes nothing for a model whose licence was not agreed to, and goes on once it was', async () => {
    const { studio, ledger, sent, settle } = await openStudio({ licence: 'creativeml-openrail-m' });
    await expect(studio.handlers['jobs.submit']({ jobId: aJobId(), request })).rejects.toMatchObject({ code: 'licence-not-accepted' });
    expect(ledger.sums().rows).toBe(0);
    const [licence] = await studio.handlers['licences.list'](null);
    await studio.handlers['licences.accept']({ modelId: MODEL.id, textHash: licence?.textHash ?? '' });
    await studio.handlers['jobs.submit']({ jobId: aJobId(), request });
    await settle();
    expect(sent[0]?.output).toMatchObject({ licences: [{ part: 'model', name: 'SDXL', licence: 'openrail-m' }], moderation: { prompt: [], picture: { classifier: 'check' } } });
  });

  it('sends no check along when both are off', async () => {
    const { studio, settings, sent, settle } = await openStudio();
    await settings.set({ moderation: { choices: { personal: { ...DEFAULT_CHOICE, prompt: 'off', picture: 'off' } }, rules: null } });
    await studio.handlers['jobs.submit']({ jobId: aJobId(), request });
    await settle();
    expect(sent[0]?.output.moderation).toBeUndefined();
  });

  it('answers with the state, the tables, a price and the rows', async () => {
    const { studio } = await openStudio();
    const { state, tables } = await studio.handlers['credits.get'](null);
    expect(state).toMatchObject({ balance: null, rows: 0 });
    expect(tables[0]?.id).toBe('dreamstudio-2023');
    expect(await studio.handlers['credits.price']({ request })).toMatchObject({ unitPrice: 2000, totalPrice: 4000, totalCharge: 0, fits: 2 });
    await studio.handlers['credits.setPlan'](aPlan({ plan: 'lite' }));
    expect((await studio.handlers['credits.ledger']({ limit: 10, before: null })).map(({ kind }) => kind)).toEqual(['adjust']);
    expect(await studio.handlers['credits.verify'](null)).toMatchObject({ ok: true, rows: 1 });
    expect(await studio.handlers['credits.usage']({ from: '2026-11-01', to: '2026-11-30' })).toMatchObject({ pictures: 0 });
  });

  it('exports where the person says', async () => {
    const { studio } = await openStudio();
    await studio.handlers['credits.setPlan'](aPlan({ plan: 'lite' }));
    const saved = await studio.handlers['credits.export'](null);
    expect(readFileSync(saved?.fileName ?? '', 'utf8').split('\r\n')).toHaveLength(3);
  });

  it.each([
    ['a time zone that is none', aPlan({ timeZone: 'Mars/Olympus' })],
    ['half a thousandth', aPlan({ customAllowance: 0.5 })],
    ['a refill day that no month has', aPlan({ refillDay: 32 })],
    ['a debt', aPlan({ budget: { ...aPlan().budget, perDay: -1 } })],
  ])('refuses a plan with %s at the door', (_what, plan) => {
    expect(REQUEST_SCHEMAS['credits.setPlan'].safeParse(plan).success).toBe(false);
    expect(REQUEST_SCHEMAS['credits.setPlan'].safeParse(aPlan()).success).toBe(true);
  });
});
