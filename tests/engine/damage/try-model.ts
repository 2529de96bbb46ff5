/** Runs in a process of its own: makes one small picture per message and answers how that went. */
import { StudioError, type StudioErrorData } from '../../../src/shared/errors';
import { createEngine } from '../../../src/main/engine/create-engine';
import type { GenerateTask } from '../../../src/main/engine/engine';
import { ortRuntime } from '../../../src/main/engine/runtime/ort';

export type Attempt = { readonly ok: true } | { readonly ok: false; readonly error: StudioErrorData };

const engine = createEngine({ runtime: ortRuntime() });

async function attempt(task: GenerateTask): Promise<Attempt> {
  try {
    await engine.generate(task, { signal: new AbortController().signal, onProgress: () => undefined, onImage: () => Promise.resolve() });
    return { ok: true };
  } catch (caught) {
    return { ok: false, error: StudioError.fromCaught(caught).toData() };
  } finally {
    await engine.release();
  }
}

process.on('message', (task: GenerateTask) => {
  void attempt(task).then((result) => process.send?.(result));
});
process.send?.('ready');
