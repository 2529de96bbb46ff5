import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../../src/renderer/i18n/en';
import { formatAmount, formatDay, formatDollars, formatEnergy } from '../../../src/renderer/i18n/format-credits';
import { nl } from '../../../src/renderer/i18n/nl';
import { refusedFor, shortageOf, shortageText } from '../../../src/renderer/price/shortage';
import { quote } from '../../../src/shared/pricing/fit';
import { DEFAULT_PLAN, type CreditsState } from '../../../src/shared/credits';
import { shippedTable } from '../../support/price-tables';

beforeAll(() => i18next.init({ lng: 'en', resources: { en: { translation: en }, nl: { translation: nl } }, showSupportNotice: false }));

const STATE: CreditsState = {
  plan: { ...DEFAULT_PLAN, budget: { ...DEFAULT_PLAN.budget, perDay: 1000 } },
  balance: null,
  reserved: 0,
  allowance: null,
  period: null,
  today: '2026-11-24',
  usedToday: 350,
  usedThisMonth: 350,
  chargedThisPeriod: 0,
  rows: 2,
};
const ask = (count: number, state = STATE) =>
  quote({ request: { tool: 'txt2img', family: 'sd1', modelName: 'sd', width: 512, height: 512, numInferenceSteps: 30, isEnlarged: false }, count }, state, shippedTable('dreamstudio-2023'));

describe('what does not fit', () => {
  it('is said with how many do and what is left, in both languages', () => {
    const shortage = shortageOf(ask(4), STATE);
    if (shortage === null) throw new Error('expected a shortage');
    expect(shortageText(i18next.getFixedT('en'), 'en', shortage)).toBe('3 of 4 pictures fit: today’s budget has 0.65 credits left.');
    expect(shortageText(i18next.getFixedT('nl'), 'nl', shortage)).toBe('3 van de 4 afbeeldingen passen: in het budget van vandaag zitten nog 0,65 credits.');
  });

  it('is said of a single picture, and of a batch of which none fits', () => {
    const state = { ...STATE, usedToday: 900 };
    const say = (count: number): string => {
      const shortage = shortageOf(ask(count, state), state);
      return shortage === null ? '' : shortageText(i18next.getFixedT('en'), 'en', shortage);
    };
    expect(say(1)).toBe('This picture does not fit: today’s budget has 0.10 credits left, and it costs 0.20.');
    expect(say(2)).toBe('None of the 2 pictures fits: today’s budget has 0.10 credits left, and one costs 0.20.');
  });

  it('is nothing where all fits', () => {
    expect(shortageOf(ask(3), STATE)).toBeNull();
  });

  it('is read from main’s refusal and from no other failure', () => {
    const details = { limit: 'balance', fits: 1, count: 2, unitPrice: 200, totalPrice: 400, left: 250 };
    expect(refusedFor({ code: 'insufficient-credits', message: '', details })).toEqual({ limit: 'balance', fits: 1, count: 2, unitPrice: 200, left: 250 });
    expect(refusedFor({ code: 'out-of-memory', message: '', details })).toBeNull();
    expect(refusedFor({ code: 'insufficient-credits', message: '' })).toBeNull();
    expect(refusedFor(null)).toBeNull();
  });
});

describe('amounts', () => {
  it('round as the charge does and read as the language writes', () => {
    expect([formatAmount(3165, 'en'), formatAmount(1_234_567, 'nl'), formatAmount(4, 'en')]).toEqual(['3.17', '1.234,57', '0.00']);
    expect([formatDollars(200, 'en'), formatDollars(1_000_000, 'en'), formatDollars(0, 'en')]).toEqual(['$0.002', '$10.00', '$0.00']);
    expect([formatEnergy(0.0047, 'en'), formatEnergy(312.4, 'nl'), formatEnergy(1234, 'en')]).toEqual(['0.0047 Wh', '312 Wh', '1.2 kWh']);
  });

  it('date no more exactly than is known', () => {
    expect([formatDay('2022-01-01', 'en', 'year'), formatDay('2023-07-26', 'en'), formatDay('2023-07-01', 'nl', 'month')]).toEqual(['2022', 'Jul 26, 2023', 'jul 2023']);
  });
});
