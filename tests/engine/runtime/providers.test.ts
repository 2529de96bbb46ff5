import { describe, expect, it } from 'vitest';
import { chooseProvider, providerOrder, type Provider, type ProviderProbe } from '../../../src/main/engine/runtime/providers';

const CPU = Float32Array.of(1, 2, 3);

/** Answers by provider; an Error is thrown. */
const fake =
  (answers: Partial<Record<Provider, Float32Array | Error>>, asked: Provider[] = []): ProviderProbe =>
  (provider) => {
    asked.push(provider);
    const answer = answers[provider] ?? new Error('backend not found');
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };

describe('providerOrder', () => {
  it.each([
    ['win32', 'x64'],
    ['darwin', 'arm64'],
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['freebsd', 'x64'],
  ])('ends with the processor on %s %s', (platform, architecture) => {
    expect(providerOrder(platform, architecture).at(-1)).toBe('cpu');
  });

  it('prefers the vendor provider of each platform', () => {
    expect([providerOrder('win32', 'x64')[0], providerOrder('linux', 'x64')[0], providerOrder('linux', 'arm64')[0]]).toEqual(['dml', 'cuda', 'cpu']);
  });
});

describe('chooseProvider', () => {
  it('takes the first provider that agrees with the processor', async () => {
    const probe = fake({ cuda: Float32Array.of(1, 2.0004, 3), cpu: CPU });
    expect(await chooseProvider(['cuda', 'webgpu', 'cpu'], probe)).toEqual({ provider: 'cuda', notes: [] });
  });

  it('falls back with a sentence when a provider cannot be started', async () => {
    const probe = fake({ cuda: new Error('Failed to load shared library\nstack'), webgpu: CPU, cpu: CPU });
    expect(await chooseProvider(['cuda', 'webgpu', 'cpu'], probe)).toEqual({
      provider: 'webgpu',
      notes: ['CUDA could not be started, so it is not used: Failed to load shared library'],
    });
  });

  it('does not trust wrong numbers, NaN or another length', async () => {
    for (const wrong of [Float32Array.of(1, 2, 3.1), Float32Array.of(1, NaN, 3), Float32Array.of(1, 2)]) {
      const choice = await chooseProvider(['dml', 'cpu'], fake({ dml: wrong, cpu: CPU }));
      expect(choice.provider).toBe('cpu');
      expect(choice.notes[0]).toMatch(/^DirectML computes wrong numbers here/);
    }
  });

  it('tests nothing when only the processor is asked for', async () => {
    const asked: Provider[] = [];
    expect(await chooseProvider(['cpu'], fake({ cpu: CPU }, asked))).toEqual({ provider: 'cpu', notes: [] });
    expect(asked).toEqual([]);
  });
});
