import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCredits } from '../../../src/main/app/credits/open-credits';
import { resolveDataFolders } from '../../../src/main/files/data-folders';
import { readPngFacts } from '../../../src/main/files/png-text';
import { recipeOf } from '../../../src/main/files/recipe-text';
import type { LedgerRow } from '../../../src/shared/credits';
import type { JobId } from '../../../src/shared/ids';
import { PRICES_FOLDER } from '../../support/price-tables';
import { tempFolder } from '../../support/temp-folder';

/** How many times; each is a real process ended by SIGKILL. LEDGER_KILLS=200 is the full number. */
const KILLS = Number(process.env['LEDGER_KILLS'] ?? 15);

/** Inside the project, so that the bundle finds its packages. */
const BUNDLE = resolve(import.meta.dirname, `../../../node_modules/.cache/ledger-child-${process.pid}`);

beforeAll(async () => {
  await mkdir(BUNDLE, { recursive: true });
  await build({
    configFile: false,
    logLevel: 'silent',
    build: { ssr: resolve(import.meta.dirname, 'ledger-child.ts'), outDir: BUNDLE, emptyOutDir: true, target: 'node20', rollupOptions: { output: { format: 'es', entryFileNames: 'child.mjs' } } },
  });
}, 300_000);
afterAll(() => rm(BUNDLE, { recursive: true, force: true }));

/** Starts the child, lets it finish one job, and kills it somewhere in the next two. @returns what it put right at its start */
function liveAndDie(dataDir: string): Promise<{ readonly settled: number; readonly released: number }> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [join(BUNDLE, 'child.mjs'), dataDir, PRICES_FOLDER], { stdio: ['ignore', 'pipe', 'pipe'] });
    let told = '';
    let ready: readonly number[] | null = null;
    let readyAt = 0;
    child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
    createInterface(child.stdout).on('line', (line) => {
      if (line.startsWith('ready')) {
        ready = line.split(' ').slice(1).map(Number);
        readyAt = performance.now();
        return;
      }
      // As long as one job took on this machine, today.
      const jobMs = performance.now() - readyAt;
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 2 * jobMs);
    });
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      if (signal === 'SIGKILL' && ready !== null) settle({ settled: ready[0] ?? 0, released: ready[1] ?? 0 });
      else reject(new Error(`the child ended by itself: ${told}`));
    });
  });
}

/** Pictures per job by the files alone, thrown away ones included. */
async function picturesOnDisk(folders: ReturnType<typeof resolveDataFolders>): Promise<ReadonlyMap<JobId, number>> {
  const counts = new Map<JobId, number>();
  const files = [folders.pictures, folders.trash].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.png') && (folder === folders.trash || !file.startsWith('.'))).map((file) => join(folder, file)),
  );
  for (const file of files) {
    const jobId = recipeOf(await readPngFacts(file))?.jobId;
    if (jobId !== undefined) counts.set(jobId, (counts.get(jobId) ?? 0) + 1);
  }
  return counts;
}

function faultsOf(rows: readonly LedgerRow[], pictures: ReadonlyMap<JobId, number>): readonly string[] {
  const closings = new Map<JobId, LedgerRow[]>();
  for (const row of rows) if (row.jobId !== null && row.kind !== 'reserve') closings.set(row.jobId, [...(closings.get(row.jobId) ?? []), row]);
  const reserved = new Set<JobId>();
  const faults = rows.flatMap(({ jobId, kind }) => {
    if (kind !== 'reserve' || jobId === null) return [];
    reserved.add(jobId);
    const [closing, ...more] = closings.get(jobId) ?? [];
    if (closing === undefined || more.length > 0) return [`${jobId} is closed ${more.length + (closing === undefined ? 0 : 1)} times`];
    const made = pictures.get(jobId) ?? 0;
    return closing.pictures === made && (closing.kind === 'release') === (made === 0) ? [] : [`${jobId} made ${made} but paid ${closing.pictures}`];
  });
  return [...faults, ...[...pictures.keys()].filter((jobId) => !reserved.has(jobId)).map((jobId) => `${jobId} made pictures on no account`)];
}

describe('a studio killed at any moment', () => {
  it(`has paid for every picture once and for no other, ${KILLS} kills later`, async () => {
    const dataDir = tempFolder();
    const folders = resolveDataFolders(dataDir);
    const recovered = { settled: 0, released: 0 };
    for (let kill = 0; kill <= KILLS; kill++) {
      const { settled, released } = await liveAndDie(dataDir);
      recovered.settled += settled;
      recovered.released += released;
    }
    const account = await openCredits({ ledger: folders.ledger, shippedPrices: PRICES_FOLDER, ownPrices: folders.prices, now: Date.now });
    const rows = [...account.ledger.all()];
    // The last life was killed too, and nobody has put it right; at most one job was running.
    const open = account.ledger.openReservations();
    expect(open.length).toBeLessThanOrEqual(1);
    const isOver = ({ jobId }: LedgerRow): boolean => jobId === null || !open.some((row) => row.jobId === jobId);
    const pictures = new Map([...(await picturesOnDisk(folders))].filter(([jobId]) => !open.some((row) => row.jobId === jobId)));
    expect(faultsOf(rows.filter(isOver), pictures)).toEqual([]);
    expect(await account.ledger.verify()).toMatchObject({ ok: true, rows: rows.length });
    account.close();
    // Otherwise no kill ever hit a running job, and this proves nothing.
    expect(recovered.settled + recovered.released).toBeGreaterThan(KILLS / 5);
  }, 120_000 + KILLS * 10_000);
});
