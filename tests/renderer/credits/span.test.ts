import { describe, expect, it } from 'vitest';
import { axisEnd, isSpan, monthsIn, spanOf, timelineOf } from '../../../src/renderer/features/credits/span';

describe('spans', () => {
  it.each([
    ['month', '2026-11-24', { from: '2026-11-01', to: '2026-11-24' }],
    ['lastMonth', '2027-01-15', { from: '2026-12-01', to: '2026-12-31' }],
    ['lastMonth', '2028-03-31', { from: '2028-02-01', to: '2028-02-29' }],
    ['year', '2026-11-24', { from: '2026-01-01', to: '2026-11-24' }],
  ] as const)('%s of %s', (name, today, span) => {
    expect(spanOf(name, today)).toEqual(span);
  });

  it('are two real dates in order', () => {
    expect(isSpan({ from: '2026-11-01', to: '2026-11-01' })).toBe(true);
    for (const span of [{ from: '2026-11-02', to: '2026-11-01' }, { from: '', to: '2026-11-01' }, { from: '2026-13-01', to: '2026-13-02' }]) expect(isSpan(span)).toBe(false);
  });

  it('touch as many months as would have been paid', () => {
    expect(monthsIn({ from: '2026-11-30', to: '2026-12-01' })).toBe(2);
    expect(monthsIn({ from: '2026-11-01', to: '2026-11-30' })).toBe(1);
    expect(monthsIn({ from: '2025-12-31', to: '2027-01-01' })).toBe(14);
  });
});

describe('the timeline', () => {
  const share = (name: string, pictures: number) => ({ name, pictures, price: pictures * 10, charged: 0 });

  it('has every day, those without work too, and none from outside', () => {
    const { unit, shares } = timelineOf([share('2026-11-03', 2), share('2026-10-31', 9)], { from: '2026-11-01', to: '2026-11-04' });
    expect(unit).toBe('day');
    expect(shares.map(({ name, pictures }) => [name, pictures])).toEqual([['2026-11-01', 0], ['2026-11-02', 0], ['2026-11-03', 2], ['2026-11-04', 0]]);
  });

  it('goes over to months where days could not be told apart', () => {
    const { unit, shares } = timelineOf([share('2026-02-03', 2), share('2026-02-28', 3), share('2026-11-01', 1)], { from: '2026-01-01', to: '2026-11-24' });
    expect(unit).toBe('month');
    expect(shares).toHaveLength(11);
    expect(shares.filter(({ pictures }) => pictures > 0)).toEqual([{ name: '2026-02', pictures: 5, price: 50, charged: 0 }, { name: '2026-11', pictures: 1, price: 10, charged: 0 }]);
  });

  it.each([[0, 1], [1, 1], [3, 5], [5, 5], [6, 10], [187_000, 200_000], [0.3, 0.5]])('ends its axis for %f at %f', (most, end) => {
    expect(axisEnd(most)).toBeCloseTo(end, 10);
  });
});
