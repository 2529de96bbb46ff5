import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCredits } from '../../src/main/app/credits/open-credits';
import { readPngFacts } from '../../src/main/files/png-text';
import { recipeOf } from '../../src/main/files/recipe-text';
import type { CreditsPlan, LedgerRow } from '../../src/shared/credits';
import { aPlan } from '../app/credits/open-account';
import { goldenPath } from '../engine/pipelines/golden';
import { PRICES_FOLDER } from '../support/price-tables';
import { tempFolder } from '../support/temp-folder';
import { model, QUICK, runCli, startCli, useBuiltCli } from './run-cli';

async function withLedger<T>(dataDir: string, work: (account: Awaited<ReturnType<typeof openCredits>>) => T | Promise<T>): Promise<T> {
  const account = await openCredits({ ledger: join(dataDir, 'credits.db'), shippedPrices: PRICES_FOLDER, ownPrices: join(dataDir, 'prices'), now: Date.now });
  try {
    return await work(account);
  } finally {
    account.close();
  }
}

async function dataFolder(plan: Partial<CreditsPlan> = {}): Promise<string> {
  const dataDir = tempFolder();
  await withLedger(dataDir, ({ credits }) => credits.setPlan(aPlan(plan)));
  return dataDir;
}

const rowsOf = (dataDir: string): Promise<readonly LedgerRow[]> => withLedger(dataDir, ({ ledger }) => [...ledger.all()]);
const kindsOf = async (dataDir: string): Promise<readonly string[]> => (await rowsOf(dataDir)).map(({ kind, pictures }) => `${kind} ${pictures}`);
const run = (dataDir: string, ...args: readonly string[]) => runCli(['txt2img', 'a red fox', ...QUICK, '--data-dir', dataDir, ...args]);
/** Long enough to be killed in. */
const LONG = ['--width', '256', '--height', '256', '--steps', '150', '--verbose'] as const;

describe('runs of the command line', () => {
  useBuiltCli();

  it('are charged under the plan once, and their pictures know their account', async () => {
    const dataDir = await dataFolder({ plan: 'lite' });
    const { code, stdout, stderr } = await run(dataDir, '--count', '2', '--json');
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout) as { files: readonly string[]; credits: unknown };
    expect(report.credits).toEqual({ price: 0.02, charged: 0.02 });
    const rows = await rowsOf(dataDir);
    expect(rows.map(({ kind, amount, pictures }) => [kind, amount, pictures])).toEqual([['adjust', 100_000, 0], ['reserve', -20, 2], ['settle', 0, 2]]);
    expect(rows[1]?.detail).toMatchObject({ reason: 'job', facts: { tool: 'txt2img', family: 'sd1', width: 64, height: 64, numInferenceSteps: 2 }, savedIn: join(dataDir, 'pictures') });
    expect(rows[2]?.detail).toMatchObject({ reason: 'finished', peakMemoryBytes: expect.any(Number) as number });
    for (const file of report.files) expect(recipeOf(await readPngFacts(file))?.jobId).toBe(rows[1]?.jobId);
    expect(readdirSync(join(dataDir, 'runs'))).toEqual([]);
  });

  it('are refused before the first step when a limit says so, with the reason', async () => {
    const dataDir = await dataFolder({ plan: 'custom', customAllowance: 15 });
    const { code, stdout, stderr } = await run(dataDir, '--count', '2');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe('error: These 2 pictures cost 0.02 credits and 0.02 credits are left: ask for 1 instead, or change the plan or the budget.\n');
    expect(await kindsOf(dataDir)).toEqual(['adjust 0']);
    expect(existsSync(join(dataDir, 'pictures'))).toBe(false);
    expect((await run(dataDir, '--count', '2', '--no-credits')).code).toBe(0);
  });

  it('price an edit by the picture it starts from', async () => {
    const dataDir = await dataFolder();
    const image = goldenPath('inputs/scene-133x101.png');
    const tail = ['--model', model('tiny-sd15'), '--steps', '2', '--image', image, '--data-dir', dataDir, '--out', tempFolder(), '--json'];
    const edited = await runCli(['img2img', 'a', ...tail]);
    expect(edited.code, edited.stderr).toBe(0);
    const grown = await runCli(['outpaint', 'a', '--right', '27', ...tail]);
    expect(grown.code, grown.stderr).toBe(0);
    const facts = (await rowsOf(dataDir)).flatMap(({ detail }) => (detail.reason === 'job' ? [detail.facts] : []));
    expect(facts.map(({ tool, width, height }) => [tool, width, height])).toEqual([['img2img', 128, 96], ['outpaint', 160, 96]]);
  });

  it('pay for what Ctrl+C has left, and get back the rest', async () => {
    const dataDir = await dataFolder({ plan: 'lite' });
    const long = startCli(['txt2img', 'a', ...QUICK, ...LONG, '--data-dir', dataDir]);
    long.signalAfter('step 2 of', 'SIGINT');
    expect((await long.done).code).toBe(130);
    expect(await kindsOf(dataDir)).toEqual(['adjust 0', 'reserve 1', 'release 0']);
  });

  it('that were killed are closed by the next one; one that still works is left alone', async () => {
    const dataDir = await dataFolder({ plan: 'lite' });
    const killed = startCli(['txt2img', 'a', ...QUICK, ...LONG, '--count', '8', '--steps', '3', '--data-dir', dataDir]);
    killed.signalAfter('picture 3', 'SIGKILL');
    await killed.done;
    const alive = startCli(['txt2img', 'b', ...QUICK, ...LONG, '--data-dir', dataDir, '--out', tempFolder()]);
    alive.signalAfter('step 2 of', 'SIGINT');
    expect((await run(dataDir)).code).toBe(0);
    await alive.done;
    const rows = await rowsOf(dataDir);
    const recovered = rows.filter(({ detail }) => detail.reason === 'recovered');
    expect(recovered).toHaveLength(1);
    const made = readdirSync(join(dataDir, 'pictures'), { recursive: true, encoding: 'utf8' }).filter((name) => /-a\.png$/.test(name));
    expect(recovered[0]?.pictures).toBe(made.length);
    expect(rows.filter(({ kind }) => kind === 'reserve')).toHaveLength(3);
    expect(rows.filter(({ kind }) => kind === 'settle' || kind === 'release')).toHaveLength(3);
    expect(readdirSync(join(dataDir, 'runs'))).toEqual([]);
  });

  it('are paid for exactly what is there, however often they are killed', async () => {
    const dataDir = await dataFolder({ plan: 'lite' });
    const out = join(tempFolder(), 'out');
    for (let kill = 0; kill < 6; kill++) {
      const victim = startCli(['txt2img', 'a', ...QUICK, '--count', '8', '--verbose', '--data-dir', dataDir, '--out', `${out}/`]);
      // Before the first picture, and in the middle of each of the next.
      victim.signalAfter(`picture ${kill + 1} of`, 'SIGKILL');
      await victim.done;
    }
    expect((await runCli(['credits', 'balance', '--data-dir', dataDir])).code).toBe(0);
    const rows = await rowsOf(dataDir);
    expect(rows.filter(({ kind }) => kind === 'settle').length).toBeGreaterThan(2);
    const paid = rows.reduce((sum, { kind, pictures }) => sum + (kind === 'settle' ? pictures : 0), 0);
    expect(paid).toBe(readdirSync(out).filter((name) => name.endsWith('.png') && !name.startsWith('.')).length);
    await withLedger(dataDir, async ({ ledger }) => {
      expect(ledger.openReservations()).toEqual([]);
      expect(await ledger.verify()).toMatchObject({ ok: true });
    });
  });

  it('are not counted where the studio keeps nothing, nor when asked not to be', async () => {
    const nowhere = join(tempFolder(), 'none');
    const { code, stdout } = await run(nowhere, '--json', '--out', tempFolder());
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ credits: null });
    expect(existsSync(nowhere)).toBe(false);
    const dataDir = await dataFolder({ plan: 'lite' });
    expect((await run(dataDir, '--no-credits')).code).toBe(0);
    expect(await kindsOf(dataDir)).toEqual(['adjust 0']);
  });

  it('go on when the ledger cannot be opened, and say so', async () => {
    const dataDir = tempFolder();
    mkdirSync(join(dataDir, 'credits.db'));
    const { code, stdout, stderr } = await run(dataDir);
    expect(code).toBe(0);
    expect(stdout).toMatch(/\.png\n$/);
    expect(stderr).toMatch(/^This run is not counted in the credits: Could not open the credit ledger .*credits\.db/);
    const blocked = await dataFolder();
    writeFileSync(join(blocked, 'runs'), 'a file where the locks go');
    const second = await run(blocked);
    expect(second.code).toBe(0);
    expect(second.stderr).toMatch(/^This run is not counted in the credits/);
    expect(await kindsOf(blocked)).toEqual(['adjust 0']);
  });
});
