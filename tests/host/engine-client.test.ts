import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EngineClient } from '../../src/main/engine-client/engine-client';
import { forkTransport } from '../../src/main/engine-client/fork-transport';
import type { GenerateCommand } from '../../src/main/engine-protocol';
import type { EngineStatus } from '../../src/shared/contract';
import { aJobId } from '../support/samples';

const HOST = resolve(import.meta.dirname, 'fixtures/wilful-host.mjs');

function setUp(options: { cancelGraceMs?: number; idleMs?: number } = {}) {
  const statuses: EngineStatus['state'][] = [];
  const client = new EngineClient({
    start: forkTransport(HOST),
    onStatus: ({ state }) => statuses.push(state),
    cancelGraceMs: 300,
    ...options,
  });
  onTestFinished(() => client.shutdown());
  const controller = new AbortController();
  const run = (prompt: string, onProgress: () => void = () => undefined) =>
    client.generate(command(prompt), { signal: controller.signal, onProgress, onImage: () => undefined });
  /** The wilful host answers every call with its process id. */
  const pid = async (): Promise<number> => Number(await client.call('thumbnail', { source: '', target: '', size: 1 }));
  return { client, run, controller, statuses, pid };
}

const command = (prompt: string): GenerateCommand => ({
  type: 'generate',
  jobId: aJobId(),
  task: { kind: 'txt2img', modelPath: '/', prompt, negativePrompt: null, width: 64, height: 64, numInferenceSteps: 1, guidanceScale: 1, scheduler: null, seed: 0, count: 1 },
  output: { stagingFolder: '/', imageIds: [], appVersion: '0', model: { id: '', name: '', family: '' }, upscalerName: null, edit: null },
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('the engine client', () => {
  it('starts its process for the first job and gives back what the host answers', async () => {
    const { client, run } = setUp();
    expect(client.getStatus().state).toBe('stopped');
    expect((await run('hello')).warnings).toEqual(['hello']);
    expect(client.getStatus().state).toBe('idle');
  });

  it('passes on the host’s own error', async () => {
    await expect(setUp().run('fail')).rejects.toMatchObject({ code: 'model-invalid', message: 'The model is broken.' });
  });

  it('reports a process that dies, and the next job runs in a new one', async () => {
    const { run, statuses } = setUp();
    await expect(run('die')).rejects.toMatchObject({ code: 'engine-crashed' });
    expect(statuses.at(-1)).toBe('crashed');
    expect((await run('again')).warnings).toEqual(['again']);
  });

  it('stops restarting after three ends in a row until a person asks again', async () => {
    const { client, run } = setUp();
    for (let i = 0; i < 3; i++) await expect(run('die')).rejects.toMatchObject({ code: 'engine-crashed' });
    await expect(run('fine')).rejects.toThrow('stopped three times');
    client.allowRestart();
    expect((await run('fine')).warnings).toEqual(['fine']);
  });

  it('cancels a job that listens without losing its process', async () => {
    const { run, controller, pid } = setUp();
    const before = await pid();
    const job = run('wait');
    controller.abort();
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    expect(await pid()).toBe(before);
  });

  it('kills a step that will not end, and the next job works', async () => {
    const { client, controller, run, pid } = setUp();
    const before = await pid();
    const job = run('hang', () => controller.abort());
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    const next = await client.generate(command('next'), { signal: new AbortController().signal, onProgress: () => undefined, onImage: () => undefined });
    expect(next.warnings).toEqual(['next']);
    expect(await pid()).not.toBe(before);
    expect(() => process.kill(before, 0)).toThrow('ESRCH');
  });

  it('has ended its process when it has shut down, one that listens and one that hangs', async () => {
    for (const prompt of ['wait', 'hang']) {
      const { client, run, pid } = setUp();
      const host = await pid();
      const hangs = new Promise<void>((resolve) => {
        run(prompt, resolve).catch(() => undefined);
        if (prompt === 'wait') resolve();
      });
      await hangs;
      await client.shutdown();
      await expect.poll(() => isAlive(host)).toBe(false);
    }
  });

  it('ends an idle process to give its memory back, and starts one again when needed', async () => {
    const { client, pid } = setUp({ idleMs: 50 });
    const before = await pid();
    await expect.poll(() => client.getStatus().state).toBe('stopped');
    expect(await pid()).not.toBe(before);
  });
});
