import { describe, expect, it } from 'vitest';
import { summariseUsage } from '../../../src/main/app/credits/usage';
import type { JobOrder } from '../../../src/main/app/credits/job-rows';
import { tablesInForce } from '../../../src/shared/pricing/price-table';
import { shippedTables } from '../../support/price-tables';
import { anOrder, aPlan, openAccount } from './open-account';

const tables = tablesInForce(shippedTables(), '2026-11-24');

function filled() {
  const account = openAccount();
  account.credits.setPlan(aPlan());
  const make = (instant: string, order: JobOrder, pictures: number): void => {
    account.at(instant);
    account.credits.reserve(order);
    account.credits.close(order.jobId, { pictures, seconds: 30, isRecovered: false });
  };
  make('2026-11-02T10:00:00Z', anOrder({ count: 2 }), 2);
  make('2026-11-02T11:00:00Z', anOrder({ count: 1, request: { ...anOrder().request, tool: 'inpaint' } }), 1);
  make('2026-11-20T10:00:00Z', anOrder({ count: 4, request: { ...anOrder().request, family: 'sd1', modelName: 'SD 1.5', width: 512, height: 512, numInferenceSteps: 30 } }), 3);
  make('2026-11-21T10:00:00Z', anOrder(), 0);
  make('2026-12-01T10:00:00Z', anOrder({ count: 4 }), 4);
  return account.ledger;
}

describe('the use of a month', () => {
  it('is counted per day, model and tool, from what was made', () => {
    const span = { from: '2026-11-01', to: '2026-11-30' };
    const usage = summariseUsage(filled().settled(span.from, span.to), span, tables);
    expect(usage).toMatchObject({ ...span, jobs: 3, pictures: 6, seconds: 90, price: 6600, charged: 0, assumedWatts: 65, energyWh: (90 * 65) / 3600 });
    expect(usage.byDay).toEqual([
      { name: '2026-11-02', pictures: 3, price: 6000, charged: 0 },
      { name: '2026-11-20', pictures: 3, price: 600, charged: 0 },
    ]);
    expect(usage.byModel).toEqual([
      { name: 'SDXL', pictures: 3, price: 6000, charged: 0 },
      { name: 'SD 1.5', pictures: 3, price: 600, charged: 0 },
    ]);
    expect(usage.byTool).toEqual([
      { name: 'txt2img', pictures: 5, price: 4600, charged: 0 },
      { name: 'inpaint', pictures: 1, price: 2000, charged: 0 },
    ]);
    expect(usage.comparisons.map(({ provider, milliCredits, monthlyFee }) => [provider, milliCredits, monthlyFee]).sort()).toEqual([
      ['cometapi', 6 * 1600, null],
      ['dall-e-3', null, 2_000_000],
      ['dreamstudio', 6600, null],
      ['midjourney', null, 1_000_000],
      ['stability', 5 * 3000 + 5000, null],
    ]);
  });

  it('is nothing where nothing was made', () => {
    const span = { from: '2020-01-01', to: '2020-01-31' };
    expect(summariseUsage(filled().settled(span.from, span.to), span, tables)).toMatchObject({ jobs: 0, pictures: 0, price: 0, byDay: [] });
  });
});
