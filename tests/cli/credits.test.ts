import Database from 'libsql';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLedgerDatabase } from '../../src/main/app/credits/ledger-database';
import { aPlan, openAccount, spend } from '../app/credits/open-account';
import { shippedTable } from '../support/price-tables';
import { tempFolder } from '../support/temp-folder';
import { model, runCli, useBuiltCli } from './run-cli';

/** A data folder with a ledger of three rows: the plan, and one job of two pictures. */
function withLedger(): string {
  const dataDir = tempFolder();
  const { database } = openLedgerDatabase(join(dataDir, 'credits.db'), () => new Date());
  const account = openAccount({ database, start: new Date().toISOString() });
  account.credits.setPlan(aPlan({ plan: 'lite' }));
  spend(account, 2);
  database.close();
  return dataDir;
}

describe('credits from the command line', () => {
  useBuiltCli();

  it('says that local use costs nothing where there is no ledger, and leaves no file behind', async () => {
    const dataDir = tempFolder();
    const { code, stdout } = await runCli(['credits', 'balance', '--data-dir', dataDir]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^balance: unlimited/);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('tells balance, rows and export of a ledger', async () => {
    const dataDir = withLedger();
    const balance = await runCli(['credits', 'balance', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(balance.stdout)).toMatchObject({ balance: 96_000, allowance: 100_000, rows: 3, usedToday: 4000 });
    const ledger = await runCli(['credits', 'ledger', '--limit', '2', '--data-dir', dataDir]);
    expect(ledger.stdout.trim().split('\n').map((line) => line.split('\t')[2])).toEqual(['settle', 'reserve']);
    const rows = await runCli(['credits', 'ledger', '--json', '--data-dir', dataDir]);
    expect((JSON.parse(rows.stdout) as { sequence: number }[]).map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
    const printed = await runCli(['credits', 'export', '--data-dir', dataDir]);
    expect(printed.stdout.trim().split('\n')).toHaveLength(4);
    const file = join(dataDir, 'out.csv');
    expect((await runCli(['credits', 'export', '--out', file, '--data-dir', dataDir])).code).toBe(0);
    expect(readFileSync(file, 'utf8').split('\r\n')).toHaveLength(5);
  });

  it('verifies, and says which row somebody has changed', async () => {
    const dataDir = withLedger();
    const good = await runCli(['credits', 'verify', '--data-dir', dataDir]);
    expect(good).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ok: 3 rows/) as unknown });
    const database = new Database(join(dataDir, 'credits.db'));
    database.exec('DROP TRIGGER ledger_no_update; UPDATE ledger SET charged = 0 WHERE sequence = 3');
    database.close();
    const bad = await runCli(['credits', 'verify', '--data-dir', dataDir]);
    expect(bad).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^error: .*Row 3 was changed/) as unknown });
  });

  it('prices a family at every list', async () => {
    const { code, stdout } = await runCli(['credits', 'price', '--model', 'sd1', '--width', '1024', '--height', '1024', '--steps', '30', '--json', '--data-dir', tempFolder()]);
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as { comparisons: readonly { provider: string; milliCredits: number | null }[] };
    expect(report).toMatchObject({ milliCredits: 1899, credits: 1.899, usd: 0.01899, isStandIn: false, table: { id: 'dreamstudio-2023', effectiveFrom: '2023-07-26' } });
    expect(report.comparisons.map(({ provider, milliCredits }) => [provider, milliCredits]).sort()).toEqual([['cometapi', 1600], ['dall-e-3', null], ['dreamstudio', 1899], ['midjourney', null], ['stability', 3000]]);
    const plain = await runCli(['credits', 'price', '--model', 'sd1', '--width', '512', '--height', '512', '--tool', 'inpaint', '--data-dir', tempFolder()]);
    expect(plain.stdout).toMatch(/^0\.20 credits a picture \(\$0\.0020\)\n/);
    expect(plain.stdout).toContain('Midjourney: $10.00 a month');
  });

  it.each([
    ['sd1', 512, 30, 'txt2img', '0.20'],
    ['sd1', 768, 30, 'img2img', '0.91'],
    ['sd1', 1024, 30, 'outpaint', '1.90'],
    ['sd2', 512, 30, 'inpaint', '0.20'],
    ['sdxl', 1024, 10, 'txt2img', '1.35'],
    ['sdxl', 1024, 30, 'inpaint', '1.60'],
    ['sdxl', 1024, 50, 'img2img', '2.00'],
    ['sdxl', 1024, 100, 'txt2img', '3.11'],
    ['sdxl', 1024, 150, 'txt2img', '4.53'],
    ['sd3', 1024, 30, 'txt2img', '1.60'],
    ['palimpsest', 128, 24, 'txt2img', '0.01'],
    ['other', 512, 1, 'upscale', '0.20'],
  ])('prices %s at %i, %i steps, %s, at %s', async (family, side, steps, tool, price) => {
    const { stdout } = await runCli(['credits', 'price', '--model', family, '--width', String(side), '--height', String(side), '--steps', String(steps), '--tool', tool, '--data-dir', tempFolder()]);
    expect(stdout).toMatch(new RegExp(`^${price.replace('.', '\\.')} credits a picture`));
  });

  it('prices a model by folder and by id', async () => {
    const dataDir = tempFolder();
    cpSync(model('tiny-sdxl'), join(dataDir, 'models/tiny'), { recursive: true });
    for (const wanted of [model('tiny-sdxl'), 'user:tiny']) {
      const { stdout, stderr } = await runCli(['credits', 'price', '--model', wanted, '--width', '1024', '--height', '1024', '--steps', '50', '--json', '--data-dir', dataDir]);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toMatchObject({ milliCredits: 2000, request: { family: 'sdxl' } });
    }
  });

  it("follows the user's own table, and says when it cannot", async () => {
    const dataDir = tempFolder();
    mkdirSync(join(dataDir, 'prices'));
    writeFileSync(join(dataDir, 'prices/mine.json'), JSON.stringify({ ...shippedTable('dreamstudio-2022'), id: 'mine', effectiveFrom: '2026-01-01' }));
    writeFileSync(join(dataDir, 'prices/bad.json'), '{}');
    const { stdout, stderr } = await runCli(['credits', 'price', '--model', 'sd1', '--width', '512', '--height', '512', '--steps', '50', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(stdout)).toMatchObject({ milliCredits: 1000, table: { id: 'mine' } });
    expect(stderr).toMatch(/bad\.json cannot be used/);
  });

  it.each([
    ['an unknown family', ['--model', 'sd9', '--width', '64', '--height', '64'], /--model to be one of sd1/],
    ['no width', ['--model', 'sd1', '--height', '64'], /--width/],
    ['an unknown tool', ['--model', 'sd1', '--width', '64', '--height', '64', '--tool', 'paint'], /--tool/],
    ['no steps at all', ['--model', 'sd1', '--width', '64', '--height', '64', '--steps', '0'], /--steps/],
  ])('refuses %s in one sentence', async (_what, flags, sentence) => {
    const { code, stdout, stderr } = await runCli(['credits', 'price', ...flags]);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('does not make the ledger of a folder that has none', async () => {
    const dataDir = tempFolder();
    for (const command of ['ledger', 'verify', 'export']) expect((await runCli(['credits', command, '--data-dir', dataDir])).code).toBe(0);
    expect(existsSync(join(dataDir, 'credits.db'))).toBe(false);
  });
});
