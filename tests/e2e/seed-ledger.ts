import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openLedgerDatabase } from '../../src/main/app/credits/ledger-database';
import type { JobOrder } from '../../src/main/app/credits/job-rows';
import { openAccount } from '../app/credits/open-account';
import { aJobId } from '../support/samples';
import { ModelId } from '../../src/shared/ids';

const DAY_MS = 86_400_000;
const SD15: Pick<JobOrder, 'modelId' | 'request'> = {
  modelId: ModelId.parse('user:dreamshaper-8'),
  request: { tool: 'txt2img', family: 'sd1', modelName: 'dreamshaper-8', width: 768, height: 768, numInferenceSteps: 30, isEnlarged: false },
};
const XL: Pick<JobOrder, 'modelId' | 'request'> = {
  modelId: ModelId.parse('user:juggernaut-xl'),
  request: { tool: 'txt2img', family: 'sdxl', modelName: 'juggernaut-xl', width: 1024, height: 1024, numInferenceSteps: 40, isEnlarged: false },
};
const JOBS: readonly Pick<JobOrder, 'modelId' | 'request'>[] = [SD15, SD15, { ...SD15, request: { ...SD15.request, tool: 'inpaint', width: 512, height: 512 } }, XL, { ...XL, request: { ...XL.request, tool: 'img2img' } }];

/** Fills a data folder's ledger with some weeks of work that end now; busier and quieter days, always the same. */
export function seedLedger(dataDir: string, days: number): void {
  mkdirSync(dataDir, { recursive: true });
  const { database } = openLedgerDatabase(join(dataDir, 'credits.db'), () => new Date());
  const account = openAccount({ database });
  const start = Date.now() - days * DAY_MS;
  for (let day = 0; day < days; day++) {
    const jobs = day % 7 === 3 ? 0 : (day * 5) % 6;
    for (let job = 0; job < jobs; job++) {
      account.at(new Date(start + day * DAY_MS + job * 60_000).toISOString());
      const order = { ...(JOBS[(day + job) % JOBS.length] ?? SD15), jobId: aJobId(), count: 1 + ((day + job) % 4) };
      account.credits.reserve(order);
      account.credits.close(order.jobId, { pictures: order.count, seconds: order.count * 41, peakMemoryBytes: 3_400_000_000 + job * 100_000_000, isRecovered: false });
    }
  }
  database.close();
}
