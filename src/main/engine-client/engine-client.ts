import type { EngineStatus } from '../../shared/contract';
import { assertNever, StudioError } from '../../shared/errors';
import type { CallName, Calls, GenerateCommand, HostCommand, HostEvent, JobProgress, ResizeCommand, StagedImage, StagedResize } from '../engine-protocol';
import type { GenerateResult } from '../engine/engine';
import { createCrashLimit } from './crash-limit';
import type { StartTransport, Transport } from './transport';

export interface GenerateOptions {
  readonly signal: AbortSignal;
  onProgress(progress: JobProgress): void;
  onImage(image: StagedImage): void;
}

export interface EngineClientOptions {
  readonly start: StartTransport;
  onStatus?(status: EngineStatus): void;
  /** How long a cancelled step may go on before its process is killed. */
  readonly cancelGraceMs?: number;
  /** A host without work for so long is ended: only that gives all memory back to the system. */
  readonly idleMs?: number;
}

type JobCommand = GenerateCommand | ResizeCommand;

interface PendingJob {
  readonly command: JobCommand;
  readonly options: GenerateOptions;
  resolve(result: GenerateResult | StagedResize): void;
  reject(error: StudioError): void;
}

interface PendingCall {
  resolve(output: Calls[CallName]['output']): void;
  reject(error: StudioError): void;
}

const MAX_CRASHES = 3;
const CRASH_WINDOW_MS = 10 * 60_000;
const SHUTDOWN_GRACE_MS = 2000;

/**
 * Supervises one host process: lazy start, cancel with a grace time, restart limit, recycling when idle.
 * A class because it has identity and lifetime: it owns a process and the promises that wait for it.
 */
export class EngineClient {
  private transport: Transport | null = null;
  /** Resolves when the process of `transport` has ended. */
  private ended: Promise<void> = Promise.resolve();
  private status: EngineStatus = { state: 'stopped', memoryBytes: 0 };
  private job: PendingJob | null = null;
  private readonly calls = new Map<number, PendingCall>();
  private nextCallId = 1;
  private idleTimer: NodeJS.Timeout | null = null;
  private readonly crashes = createCrashLimit(MAX_CRASHES, CRASH_WINDOW_MS, Date.now);

  constructor(private readonly options: EngineClientOptions) {}

  getStatus(): EngineStatus {
    return this.status;
  }

  /** A person asked for work again, which lifts the limit on restarts. */
  allowRestart(): void {
    this.crashes.reset();
  }

  /**
   * Runs one job; the caller sends one at a time.
   * @throws StudioError the host's own, `cancelled`, or `engine-crashed` when the process ended on its own.
   */
  generate(command: GenerateCommand, options: GenerateOptions): Promise<GenerateResult> {
    return this.runJob<GenerateResult>(command, options);
  }

  /** The same for one resize; its result waits where the task says. */
  resize(command: ResizeCommand, options: Omit<GenerateOptions, 'onImage'>): Promise<StagedResize> {
    return this.runJob<StagedResize>(command, { ...options, onImage: () => undefined });
  }

  private runJob<T extends GenerateResult | StagedResize>(command: JobCommand, options: GenerateOptions): Promise<T> {
    if (this.job !== null) return Promise.reject(new StudioError('internal', 'Expected one job at a time but received a second.'));
    if (options.signal.aborted) return Promise.reject(cancelled());
    return new Promise<T>((resolve, reject) => {
      // The host answers each command with the result of its own kind; TypeScript cannot follow that through a field.
      this.job = { command, options, resolve: (result) => resolve(result as T), reject };
      options.signal.addEventListener('abort', () => this.cancel(command), { once: true });
      this.send(command);
      this.setStatus({ state: this.status.state === 'starting' ? 'starting' : 'busy' });
    });
  }

  /** Short work with one answer. @throws StudioError the host's own or `engine-crashed`. */
  call<C extends CallName>(name: C, input: Calls[C]['input']): Promise<Calls[C]['output']> {
    const callId = this.nextCallId++;
    return new Promise((resolve, reject) => {
      // The host answers each call with the output of its own name; TypeScript cannot follow that through a Map.
      this.calls.set(callId, { resolve: (output) => resolve(output as Calls[C]['output']), reject });
      this.send({ type: 'call', callId, name, input } as HostCommand);
    });
  }

  /** Ends the process and waits for its end: asked first, killed after two seconds. Waiting work is refused as cancelled. */
  async shutdown(): Promise<void> {
    const { transport, ended } = this;
    if (transport === null) return;
    this.detach(cancelled());
    transport.post({ type: 'shutdown' });
    await new Promise<void>((resolve) => {
      // Before this resolves the process is gone or killed: whoever quits next must leave no host behind.
      const timer = setTimeout(() => {
        transport.kill();
        resolve();
      }, SHUTDOWN_GRACE_MS);
      void ended.then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private send(command: HostCommand): void {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    if (this.transport === null) {
      if (this.crashes.isReached()) {
        this.detach(new StudioError('engine-crashed', 'The engine stopped three times in ten minutes; press Generate to try once more, or choose a smaller size or model.'));
        return;
      }
      this.startTransport();
    }
    this.transport?.post(command);
  }

  private startTransport(): void {
    this.setStatus({ state: 'starting', memoryBytes: 0 });
    let end: () => void = () => undefined;
    this.ended = new Promise((resolve) => {
      end = resolve;
    });
    const started: Transport = this.options.start({
      // A killed process may still deliver what it had sent; only the current one counts.
      onEvent: (event) => {
        if (this.transport === started) this.receive(event);
      },
      onExit: (code) => {
        end();
        if (this.transport === started) this.crashed(code);
      },
    });
    this.transport = started;
  }

  private receive(event: HostEvent): void {
    switch (event.type) {
      case 'ready':
        return this.setStatus({ state: this.job === null ? 'idle' : 'busy' });
      case 'memory':
        return this.setStatus({ memoryBytes: event.residentBytes });
      case 'progress':
        return this.current(event.jobId)?.options.onProgress(event.progress);
      case 'imageStaged':
        return this.current(event.jobId)?.options.onImage(event.image);
      case 'done':
        return this.settleJob((job) => job.resolve(event.result));
      case 'failed':
        return this.settleJob((job) => job.reject(StudioError.fromData(event.error)));
      case 'cancelled':
        return this.settleJob((job) => job.reject(cancelled()));
      case 'answered':
        return this.settleCall(event.callId, (call) => call.resolve(event.output));
      case 'refused':
        return this.settleCall(event.callId, (call) => call.reject(StudioError.fromData(event.error)));
      default:
        return assertNever(event);
    }
  }

  private current(jobId: string): PendingJob | null {
    return this.job?.command.jobId === jobId ? this.job : null;
  }

  private settleJob(settle: (job: PendingJob) => void): void {
    const { job } = this;
    this.job = null;
    this.setStatus({ state: 'idle' });
    this.recycleWhenIdle();
    if (job !== null) settle(job);
  }

  private settleCall(callId: number, settle: (call: PendingCall) => void): void {
    const call = this.calls.get(callId);
    this.calls.delete(callId);
    this.recycleWhenIdle();
    if (call !== undefined) settle(call);
  }

  private cancel(command: JobCommand): void {
    if (this.current(command.jobId) === null) return;
    this.transport?.post({ type: 'cancel', jobId: command.jobId });
    // RunOptions.terminate does not exist in the Node binding, so a step that will not end can only be killed.
    setTimeout(() => {
      if (this.current(command.jobId) === null) return;
      const { transport } = this;
      this.detach(cancelled());
      transport?.kill();
    }, this.options.cancelGraceMs ?? 3000).unref();
  }

  private crashed(code: number | null): void {
    this.crashes.record();
    this.detach(
      new StudioError('engine-crashed', 'The engine stopped unexpectedly, most likely for want of memory; try a smaller size or model.', {
        details: { exitCode: code ?? -1 },
      }),
      'crashed',
    );
  }

  /** Lets go of the process and refuses whatever still waits for it. */
  private detach(error: StudioError, state: EngineStatus['state'] = 'stopped'): void {
    const { job } = this;
    const calls = [...this.calls.values()];
    this.transport = null;
    this.job = null;
    this.calls.clear();
    this.setStatus({ state, memoryBytes: 0 });
    job?.reject(error);
    for (const call of calls) call.reject(error);
  }

  private recycleWhenIdle(): void {
    if (this.idleTimer !== null) clearTimeout(this.idleTimer);
    this.idleTimer = setTimeout(() => {
      if (this.job === null && this.calls.size === 0) void this.shutdown();
    }, this.options.idleMs ?? 120_000);
    this.idleTimer.unref();
  }

  private setStatus(change: Partial<EngineStatus>): void {
    const next = { ...this.status, ...change };
    if (next.state === this.status.state && next.memoryBytes === this.status.memoryBytes) return;
    this.status = next;
    this.options.onStatus?.(next);
  }
}

const cancelled = (): StudioError => new StudioError('cancelled', 'The job was cancelled.');
