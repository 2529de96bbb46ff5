import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reconcile } from '../../../src/main/app/credits/reconcile';
import { openQueueFile } from '../../../src/main/app/jobs/queue-file';
import { restoreQueue } from '../../../src/main/app/jobs/restore-queue';
import type { JobId } from '../../../src/shared/ids';
import { aJobId, aRequest } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';
import { anOrder, openAccount } from '../credits/open-account';

const now = (): Date => new Date('2026-11-24T12:00:00Z');

describe('the queue on disk', () => {
  it('tells the next life what had not ended, in its order', async () => {
    const path = join(tempFolder(), 'queue.json');
    const ids = [aJobId(), aJobId(), aJobId()] as const;
    const file = await openQueueFile(path, now);
    await Promise.all(ids.map((jobId) => file.add({ jobId, request: aRequest() })));
    await file.remove(ids[1]);
    await file.remove(aJobId());
    expect((await openQueueFile(path, now)).jobs().map(({ jobId }) => jobId)).toEqual([ids[0], ids[2]]);
  });

  it('sets a damaged file aside and begins anew; one entry of another version costs nothing else', async () => {
    const folder = tempFolder();
    const path = join(folder, 'queue.json');
    writeFileSync(path, '{"jobs": [');
    expect((await openQueueFile(path, now)).jobs()).toEqual([]);
    expect(readdirSync(folder)).toEqual(['queue.json.damaged-2026-11-24T12-00-00-000Z']);
    const job = { jobId: aJobId(), request: aRequest() };
    writeFileSync(path, JSON.stringify({ version: 9, jobs: [{ jobId: aJobId(), request: { kind: 'hologram' } }, job] }));
    expect((await openQueueFile(path, now)).jobs()).toEqual([job]);
  });

  it('does not keep what it could not write', async () => {
    const file = await openQueueFile(join(tempFolder(), 'gone', 'queue.json'), now);
    await expect(file.add({ jobId: aJobId(), request: aRequest() })).rejects.toMatchObject({ code: 'storage-failed' });
    expect(file.jobs()).toEqual([]);
  });
});

describe('starting after a crash', () => {
  /** Jobs as a crash may leave them: the reservation, the entry on disk, and the pictures, each there or not. */
  async function afterCrash(jobs: readonly { readonly jobId: JobId; readonly count: number; readonly isReserved?: boolean; readonly isClosed?: boolean; readonly isKept?: boolean; readonly pictures?: number }[]) {
    const path = join(tempFolder(), 'queue.json');
    const account = openAccount();
    const queueFile = await openQueueFile(path, now);
    const pictures = new Map(jobs.map(({ jobId, pictures: made = 0 }) => [jobId, made]));
    for (const { jobId, count, isReserved = true, isClosed = false, isKept = true } of jobs) {
      if (isReserved) account.credits.reserve(anOrder({ jobId, count }));
      if (isClosed) account.credits.close(jobId, { pictures: count, seconds: 1, isRecovered: false });
      if (isKept) await queueFile.add({ jobId, request: aRequest({ count }) });
    }
    const countPictures = (jobId: JobId): Promise<number> => Promise.resolve(pictures.get(jobId) ?? 0);
    const restored = await restoreQueue({ queueFile, ledger: account.ledger }, countPictures);
    await reconcile(account, countPictures, new Set(restored.map(({ jobId }) => jobId)));
    const onDisk = (JSON.parse(readFileSync(path, 'utf8')) as { jobs: { jobId: JobId }[] }).jobs.map(({ jobId }) => jobId);
    return { ...account, restored, onDisk };
  }

  it('keeps what is not done, with its reservation; it is paid once, when it ends', async () => {
    const jobId = aJobId();
    const { restored, ledger, credits, onDisk } = await afterCrash([{ jobId, count: 4, pictures: 1 }]);
    expect(restored).toMatchObject([{ jobId, made: 1 }]);
    expect(onDisk).toEqual([jobId]);
    expect(ledger.openReservations().map((row) => row.jobId)).toEqual([jobId]);
    // The rest is made and the account closed as ever: all four, once.
    expect(credits.close(jobId, { pictures: 4, seconds: 1, isRecovered: false })).toMatchObject({ kind: 'settle', price: 8000, pictures: 4 });
    expect(await ledger.verify()).toMatchObject({ ok: true });
  });

  it('closes what was done although nobody wrote it down, and forgets it', async () => {
    const jobId = aJobId();
    const { restored, ledger, onDisk } = await afterCrash([{ jobId, count: 2, pictures: 2 }]);
    expect([restored, onDisk]).toEqual([[], []]);
    expect(ledger.closingOf(jobId)).toMatchObject({ kind: 'settle', pictures: 2, detail: { reason: 'recovered' } });
  });

  it('gives back what was reserved but never kept, and forgets what was kept but had ended', async () => {
    const [reservedOnly, ended, keptOnly] = [aJobId(), aJobId(), aJobId()];
    const { restored, ledger, onDisk } = await afterCrash([
      { jobId: reservedOnly, count: 1, isKept: false },
      { jobId: ended, count: 1, isClosed: true, pictures: 1 },
      { jobId: keptOnly, count: 1, isReserved: false },
    ]);
    expect([restored, onDisk]).toEqual([[], []]);
    expect(ledger.closingOf(reservedOnly)).toMatchObject({ kind: 'release' });
    expect(ledger.openReservations()).toEqual([]);
  });
});
