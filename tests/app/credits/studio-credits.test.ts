import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStudioEvents } from '../../../src/main/app/events';
import { createStudio } from '../../../src/main/app/studio';
import type { StudioDependencies } from '../../../src/main/app/studio-dependencies';
import { resolveDataFolders } from '../../../src/main/files/data-folders';
import { StudioError } from '../../../src/shared/errors';
import type { GenerateCommand } from '../../../src/main/engine-protocol';
import { REQUEST_SCHEMAS } from '../../../src/shared/contract-schemas';
import { aJobId, aModel, aRequest } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';
import { aPlan, openAccount } from './open-account';

const MODEL = aModel({ family: 'Stable Diffusion XL', name: 'SDXL', size: { min: 64, max: 1024, multipleOf: 8 } });

/** The real studio over a real ledger; the engine refuses every job, and the rest of the desktop is not asked. */
function openStudio() {
  const account = openAccount();
  const folder = tempFolder();
  const sent: GenerateCommand[] = [];
  const parts = {
    credits: account.credits,
    ledger: account.ledger,
    events: createStudioEvents(),
    folders: resolveDataFolders(folder),
    info: { version: '0.1.0' },
    models: { find: () => Promise.resolve({ summary: MODEL, path: '/model' }), upscalerPath: () => '/upscaler' },
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
  return { ...account, studio, sent, settle };
}

const request = aRequest({ width: 1024, height: 1024, numInferenceSteps: 50, count: 2 });

describe('credits in the studio', () => {
  it('reserves before a job starts, tells the engine whose picture it is, and releases when the job fails', async () => {
    const { studio, ledger, sent, settle } = openStudio();
    const jobId = aJobId();
    await studio.handlers['jobs.submit']({ jobId, request });
    expect(ledger.reservationOf(jobId)).toMatchObject({ price: 4000 });
    await settle();
    expect(sent[0]?.output.jobId).toBe(jobId);
    expect(ledger.closingOf(jobId)).toMatchObject({ kind: 'release', price: 0 });
  });

  it('refuses what does not fit, and the engine hears nothing of it', async () => {
    const { studio, ledger, sent, settle } = openStudio();
    await studio.handlers['credits.setPlan'](aPlan({ plan: 'custom', customAllowance: 2000 }));
    await expect(studio.handlers['jobs.submit']({ jobId: aJobId(), request })).rejects.toMatchObject({ code: 'insufficient-credits', details: { fits: 1 } });
    await settle();
    expect(sent).toEqual([]);
    expect(ledger.sums().rows).toBe(1);
    expect((await studio.handlers['jobs.snapshot'](null)).jobs).toEqual([]);
  });

  it('answers with the state, the tables, a price and the rows', async () => {
    const { studio } = openStudio();
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
    const { studio } = openStudio();
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
