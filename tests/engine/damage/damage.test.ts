import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForNode } from '../../../scripts/lib/bundle-for-node.mjs';
import type { GenerateTask } from '../../../src/main/engine/engine';
import { DAMAGES, type Damage } from './damages';
import type { Attempt } from './try-model';

const MODELS = join(import.meta.dirname, '../../fixtures/models');
const SCENE = join(import.meta.dirname, '../../fixtures/golden/pipelines/inputs/scene-64x64.png');

/** The engine in a process of its own, started anew when it dies. */
class EngineProcess {
  private child: ChildProcess | null = null;

  constructor(private readonly script: string) {}

  async attempt(task: GenerateTask): Promise<Attempt> {
    const child = (this.child ??= await this.start());
    return new Promise((resolve) => {
      const ended = (): void => {
        this.child = null;
        resolve({ ok: false, error: { code: 'engine-crashed', message: 'The engine process ended.' } });
      };
      child.once('exit', ended);
      child.once('message', (result) => {
        child.off('exit', ended);
        resolve(result as Attempt);
      });
      child.send(task);
    });
  }

  stop(): void {
    this.child?.kill();
  }

  private start(): Promise<ChildProcess> {
    return new Promise((resolve) => {
      const child = fork(this.script, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      child.once('message', () => resolve(child));
    });
  }
}

let engine: EngineProcess;
beforeAll(async () => {
  engine = new EngineProcess(fileURLToPath(await bundleForNode('tests/engine/damage/try-model.ts', 'damage-test')));
}, 120_000);
afterAll(() => engine.stop());

async function tryDamaged({ apply }: Damage, kind: 'txt2img' | 'img2img'): Promise<Attempt> {
  const folder = mkdtempSync(join(tmpdir(), 'palimpsest-damage-'));
  cpSync(join(MODELS, 'tiny-sd15'), folder, { recursive: true });
  apply(folder, (name) => join(MODELS, name));
  const result = await engine.attempt({
    kind, modelPath: folder, prompt: 'a red fox', negativePrompt: null, width: 64, height: 64, numInferenceSteps: 1, guidanceScale: 1, scheduler: null, seed: 1, count: 1,
    ...(kind === 'img2img' ? { imagePath: SCENE, strength: 1 } : {}),
  });
  rmSync(folder, { recursive: true });
  return result;
}

const ONE_SENTENCE = /^[^\n]{20,600}[.]$/;

describe('a damaged model', () => {
  it('comes in at least 200 kinds', () => {
    expect(DAMAGES.length).toBeGreaterThanOrEqual(200);
    expect(new Set(DAMAGES.map(({ name }) => name)).size).toBe(DAMAGES.length);
  });

  // What only concerns pictures as a start is tried with one; everything else with text alone.
  it.each(DAMAGES.map((damage) => [damage.name, damage] as const))('%s', async (name, damage) => {
    const isEncoder = name.startsWith('vae_encoder/model.onnx');
    const result = await tryDamaged(damage, isEncoder ? 'img2img' : 'txt2img');
    if (damage.harmless && !isEncoder) {
      expect(result).toEqual({ ok: true });
      return;
    }
    if (result.ok) throw new Error('Expected a refusal but a picture was made.');
    expect(result.error.code).toMatch(/^(model-missing|model-invalid|model-unsupported|invalid-request|bad-output|out-of-memory)$/);
    expect(result.error.message).toMatch(ONE_SENTENCE);
  });
});
