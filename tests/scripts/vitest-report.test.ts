import { describe, expect, it } from 'vitest';
import { addTallies, closingLine, tallyOf } from '../../scripts/lib/vitest.mjs';

const suite = (status: string, ...statuses: readonly string[]) => ({ status, assertionResults: statuses.map((s) => ({ status: s })) });

describe('counting tests', () => {
  it('counts passed, failed and skipped tests', () => {
    const report = { testResults: [suite('failed', 'passed', 'failed'), suite('passed', 'passed', 'skipped', 'todo')] };
    expect(tallyOf(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a file that broke before its tests as one failure', () => {
    expect(tallyOf({ testResults: [suite('failed'), suite('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a run that failed outside any test as one failure', () => {
    expect(tallyOf({ testResults: [suite('passed', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts a run without a report as one failure', () => {
    expect(tallyOf(undefined, 137)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('adds up and prints the line that CI reads', () => {
    const total = addTallies({ passed: 3, failed: 0, skipped: 0 }, { passed: 2, failed: 1, skipped: 0 });
    expect(closingLine(total)).toBe('5 passed, 1 failed');
    expect(closingLine({ ...total, skipped: 4 })).toBe('5 passed, 1 failed, 4 skipped');
  });
});
