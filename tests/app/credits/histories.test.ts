import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { liveThrough, stepArbitrary } from './history';

/** Histories in all, each with a crash of its own; LEDGER_HISTORIES sets another number. */
const HISTORIES = Number(process.env['LEDGER_HISTORIES'] ?? 10_000);

describe('random histories with a crash at every write', () => {
  it(`close every reservation exactly once and for what was made, ${HISTORIES} times`, async () => {
    // A dying program's last words are expected here.
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let lived = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { minLength: 2, maxLength: 11 }), fc.nat({ max: 6 }), async (steps, second) => {
        if (lived >= HISTORIES) return;
        // Databases that are done with give their memory back in a turn of the event loop.
        await setImmediate();
        const { faults, writes } = await liveThrough(steps, { first: Infinity, second: Infinity });
        expect(faults).toEqual([]);
        lived += 1;
        // Every write of this history in turn; sometimes the program crashes again while it puts things right.
        for (let first = 0; first < writes; first++) {
          const crashed = await liveThrough(steps, { first, second: first % 2 === 0 ? second : Infinity });
          expect(crashed.faults, `power lost at write ${first}`).toEqual([]);
          lived += 1;
        }
      }),
      { numRuns: HISTORIES },
    );
    expect(lived).toBeGreaterThanOrEqual(HISTORIES);
  }, 900_000);
});
