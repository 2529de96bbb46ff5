import { describe, expect, expectTypeOf, it } from 'vitest';
import { REQUEST_CHANNELS, TOPICS, type RequestChannel, type Topic } from '../../src/shared/contract';
import { REQUEST_SCHEMAS } from '../../src/shared/contract-schemas';
import { aJobId, aRequest } from '../support/samples';

describe('the contract', () => {
  it('lists every channel and topic, and no other', () => {
    expectTypeOf<(typeof REQUEST_CHANNELS)[number]>().toEqualTypeOf<RequestChannel>();
    expectTypeOf<(typeof TOPICS)[number]>().toEqualTypeOf<Topic>();
    expect(new Set(TOPICS).size).toBe(TOPICS.length);
    expect([...REQUEST_CHANNELS].sort()).toEqual(Object.keys(REQUEST_SCHEMAS).sort());
  });

  it.each([
    ['an unknown field', { jobId: aJobId(), request: aRequest(), path: '/etc/passwd' }],
    ['a path for an id', { jobId: '../../x', request: aRequest() }],
    ['a model outside its folder', { jobId: aJobId(), request: { ...aRequest(), modelId: 'user:../../x' } }],
    ['a width that is no multiple of 8', { jobId: aJobId(), request: { ...aRequest(), width: 65 } }],
    ['no steps', { jobId: aJobId(), request: { ...aRequest(), numInferenceSteps: 0 } }],
    ['a guidance that is no number', { jobId: aJobId(), request: { ...aRequest(), guidanceScale: Number.NaN } }],
    ['nothing', null],
  ])('refuses %s', (_what, input) => {
    expect(REQUEST_SCHEMAS['jobs.submit'].safeParse(input).success).toBe(false);
  });

  it('takes what the form sends', () => {
    expect(REQUEST_SCHEMAS['jobs.submit'].safeParse({ jobId: aJobId(), request: aRequest() }).success).toBe(true);
  });
});
