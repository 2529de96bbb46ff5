import { assertNever, StudioError } from '../../shared/errors';
import type { JobId } from '../../shared/ids';
import type { GenerateCommand, HostCommand, HostEvent, ResizeCommand, StagedResize } from '../engine-protocol';
import type { Engine, GenerateResult } from '../engine/engine';
import { answerCall } from './calls';
import { inPasses } from './generate-in-passes';
import { stageImage } from './stage-image';
import { stageResize } from './stage-resize';

/** The two things a host needs from the process it lives in. */
export interface HostPort {
  post(event: HostEvent): void;
  onCommand(listener: (command: HostCommand) => void): void;
}

export interface HostDependencies {
  /** Loaded on first use: a host that only converts pictures never loads the native runtime. */
  loadEngine(): Promise<Engine>;
  exit(): void;
}

const MEMORY_REPORT_MS = 1000;

/** Runs jobs and calls for main; knows nothing of Electron. One job at a time, in the order they come. */
export function runHost(port: HostPort, { loadEngine, exit }: HostDependencies): void {
  const controllers = new Map<JobId, AbortController>();
  let engine: Promise<Engine> | null = null;
  let queue: Promise<void> = Promise.resolve();
  const getEngine = (): Promise<Engine> => (engine ??= loadEngine());
  const reportMemory = (): void => port.post({ type: 'memory', residentBytes: process.memoryUsage.rss() });

  port.onCommand((command) => {
    switch (command.type) {
      case 'generate':
      case 'resize': {
        const controller = new AbortController();
        controllers.set(command.jobId, controller);
        queue = queue.then(() => runJob({ command, controller, port, getEngine }).finally(() => controllers.delete(command.jobId)));
        return;
      }
      case 'cancel':
        controllers.get(command.jobId)?.abort();
        return;
      case 'call':
        void answerCall(command, getEngine).then(
          (output) => port.post({ type: 'answered', callId: command.callId, output }),
          (caught: unknown) => port.post({ type: 'refused', callId: command.callId, error: StudioError.fromCaught(caught).toData() }),
        );
        return;
      case 'shutdown':
        exit();
        return;
      default:
        assertNever(command);
    }
  });

  // The timer must not keep a finished host alive.
  setInterval(reportMemory, MEMORY_REPORT_MS).unref();
  port.post({ type: 'ready' });
  reportMemory();
}

interface JobRun {
  readonly command: GenerateCommand | ResizeCommand;
  readonly controller: AbortController;
  readonly port: HostPort;
  getEngine(): Promise<Engine>;
}

interface Work {
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly port: HostPort;
}

async function generate({ jobId, task, output, passes }: GenerateCommand, { engine, signal, port }: Work): Promise<GenerateResult> {
  const { generate: run } = passes === undefined ? engine : inPasses(engine, passes, output.stagingFolder);
  return run(task, {
    signal,
    onProgress: (progress) => port.post({ type: 'progress', jobId, progress }),
    onImage: async (finished) => {
      const image = await stageImage({ task, finished, output, classify: engine.classify });
      port.post({ type: 'imageStaged', jobId, image });
    },
  });
}

const resize = (command: ResizeCommand, { engine, signal, port }: Work): Promise<StagedResize> =>
  stageResize(command, engine, { signal, onProgress: (progress) => port.post({ type: 'progress', jobId: command.jobId, progress }) });

async function runJob({ command, controller, port, getEngine }: JobRun): Promise<void> {
  const { jobId } = command;
  const { signal } = controller;
  try {
    const engine = await getEngine();
    signal.throwIfAborted();
    const work = { engine, signal, port };
    port.post({ type: 'done', jobId, result: command.type === 'generate' ? await generate(command, work) : await resize(command, work) });
  } catch (caught) {
    const error = StudioError.fromCaught(caught);
    if (signal.aborted || error.code === 'cancelled') port.post({ type: 'cancelled', jobId });
    else port.post({ type: 'failed', jobId, error: error.toData() });
  }
}
