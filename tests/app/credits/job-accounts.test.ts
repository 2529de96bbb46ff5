import { describe, expect, it, vi } from 'vitest';
import { createJobAccounts } from '../../../src/main/app/credits/job-accounts';
import { createStudioEvents } from '../../../src/main/app/events';
import { JobQueue, type RunRequest } from '../../../src/main/app/jobs/job-queue';
import type { CreditsEvent } from '../../../src/shared/credits';
import { StudioError } from '../../../src/shared/errors';
import type { JobId } from '../../../src/shared/ids';
import { aJobId, aModel, anImageId, aRequest } from '../../support/samples';
import { aPlan, openAccount } from './open-account';

const MODEL = aModel({ family: 'Stable Diffusion XL', name: 'SDXL' });

/** The real queue over a real ledger, wired as the studio wires them; jobs end when the test says so. */
function setUp() {
  const account = openAccount();
  account.credits.setPlan(aPlan({ plan: 'lite' }));
  const events = createStudioEvents();
  const told: CreditsEvent[] = [];
  events.subscribe((topic, payload) => { if (topic === 'credits.event') told.push(payload as CreditsEvent); });
  let now = 0;
  const accounts = createJobAccounts({ credits: account.credits, events, peakMemoryOf: () => 2_000_000_000, now: () => now });
  const running: { readonly run: Parameters<RunRequest>[0]; finish(): void; fail(): void }[] = [];
  const queue = new JobQueue(
    (run) =>
      new Promise((resolve, reject) => {
        run.signal.addEventListener('abort', () => reject(new StudioError('cancelled', 'cancelled')));
        running.push({ run, finish: () => resolve({ warnings: [] }), fail: () => reject(new Error('boom')) });
      }),
    (event) => accounts.hear(event),
  );
  const submit = (count: number): JobId => {
    const jobId = aJobId();
    const request = aRequest({ count, width: 1024, height: 1024, numInferenceSteps: 50 });
    accounts.open({ jobId, request, model: MODEL });
    queue.submit(jobId, request);
    return jobId;
  };
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { ...account, accounts, queue, running, submit, settle, told, wait: (ms: number) => { now += ms; } };
}

describe('the account of a job', () => {
  it('is opened with the job, and closed with what was made and how long it took', async () => {
    const { submit, running, settle, ledger, told, wait } = setUp();
    const jobId = submit(2);
    expect(ledger.reservationOf(jobId)).toMatchObject({ amount: -4000, pictures: 2, detail: { reason: 'job', facts: { tool: 'txt2img', family: 'sdxl', unitPrice: 2000, priceTable: 'dreamstudio-2023' } } });
    running[0]?.run.onImage(anImageId());
    running[0]?.run.onImage(anImageId());
    wait(1500);
    running[0]?.finish();
    await settle();
    expect(ledger.closingOf(jobId)).toMatchObject({ kind: 'settle', charged: 4000, detail: { reason: 'finished', seconds: 1.5, peakMemoryBytes: 2_000_000_000 } });
    expect(told.map(({ type }) => type)).toEqual(['changed', 'closed']);
    expect(told[1]).toMatchObject({ jobId, pictures: 2, price: 4000, charged: 4000, state: { balance: 96_000, reserved: 0 } });
  });

  it('pays for the pictures that a failed or cancelled job has left, and no others', async () => {
    const { submit, running, settle, ledger, queue } = setUp();
    const [failed, cancelled, waiting] = [submit(3), submit(3), submit(3)];
    running[0]?.run.onImage(anImageId());
    running[0]?.fail();
    await settle();
    queue.cancel(waiting);
    queue.cancel(cancelled);
    await settle();
    expect([failed, cancelled, waiting].map((id) => ledger.closingOf(id))).toMatchObject([
      { kind: 'settle', pictures: 1, charged: 2000 },
      { kind: 'release', charged: 0 },
      { kind: 'release', charged: 0 },
    ]);
    expect(ledger.openReservations()).toEqual([]);
  });

  it('stays open when the studio quits, because the jobs go on in its next life', async () => {
    const { submit, queue, settle, ledger } = setUp();
    submit(1);
    submit(2);
    queue.stop();
    await settle();
    expect(ledger.sums()).toMatchObject({ reserved: 6000 });
    expect(ledger.openReservations()).toHaveLength(2);
  });

  it('refuses a job that does not fit before it comes into the queue', () => {
    const { submit, queue, credits } = setUp();
    credits.setPlan(aPlan({ plan: 'custom', customAllowance: 3000 }));
    expect(() => submit(2)).toThrow('ask for 1 instead');
    expect(queue.snapshot().jobs).toEqual([]);
  });

  it('gives everything back for a job that the queue refused', () => {
    const { accounts, ledger } = setUp();
    const jobId = aJobId();
    accounts.open({ jobId, request: aRequest(), model: MODEL });
    accounts.abandon(jobId);
    expect(ledger.closingOf(jobId)).toMatchObject({ kind: 'release' });
  });

  it('lets the queue go on when the ledger cannot be written, says so, and stays open for the next start', async () => {
    const { submit, running, settle, ledger, database, told, queue } = setUp();
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const [first, second] = [submit(1), submit(1)];
    database.exec(`CREATE TRIGGER disk_full BEFORE INSERT ON ledger BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    running[0]?.finish();
    await settle();
    expect(queue.snapshot().jobs.map(({ state }) => state)).toEqual(['succeeded', 'running']);
    expect(told.at(-1)).toMatchObject({ type: 'failed', jobId: first, message: expect.stringContaining('disk is full') as unknown });
    expect(ledger.openReservations().map(({ jobId }) => jobId)).toEqual([first, second]);
    log.mockRestore();
  });
});
