import { StudioError } from '../../../shared/errors';
import type { Stage } from '../../../shared/job';
import type { GenerateTask, ResizeContext, ResizeTask, RunContext, RunFacts } from '../engine';
import type { UpscalerCache } from '../models/upscaler';
import type { StageSeconds } from '../run-context';
import type { WorkFolder } from './upscale-work';

/** What a resize asks of the engine it runs in. */
export interface ResizeTools {
  readonly upscalers: UpscalerCache;
  generate(task: GenerateTask, context: RunContext): Promise<RunFacts>;
}

/** Asking the system for memory costs half a millisecond. */
const MEMORY_INTERVAL_MS = 200;

/** What the steps of one resize share: clock, progress, cancelling, warnings. */
export class ResizeRun {
  readonly warnings = new Set<string>();
  private readonly seconds: StageSeconds = {};
  private stage: Stage = 'loading';
  private since = performance.now();
  private sampledAt = 0;
  private peakBytes = process.memoryUsage.rss();

  constructor(
    readonly task: ResizeTask,
    readonly context: ResizeContext,
    readonly parts: { readonly tools: ResizeTools; readonly work: WorkFolder },
  ) {}

  /** Starts charging time to a stage. */
  enter(stage: Stage): void {
    const now = performance.now();
    this.seconds[this.stage] = (this.seconds[this.stage] ?? 0) + (now - this.since) / 1000;
    this.stage = stage;
    this.since = now;
  }

  report(step: number, total: number): void {
    const now = performance.now();
    if (now - this.sampledAt > MEMORY_INTERVAL_MS) {
      this.sampledAt = now;
      this.peakBytes = Math.max(this.peakBytes, process.memoryUsage.rss());
    }
    this.context.onProgress({ stage: this.stage, step, total, imageIndex: 0, imageCount: 1, preview: null });
  }

  /** Lets waiting messages in. @throws StudioError `cancelled` */
  async checkpoint(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (this.context.signal.aborted) throw new StudioError('cancelled', 'The picture was cancelled.');
  }

  facts(): Pick<RunFacts, 'peakMemoryBytes' | 'warnings'> & { readonly secondsByStage: Readonly<StageSeconds> } {
    this.enter(this.stage);
    this.peakBytes = Math.max(this.peakBytes, process.memoryUsage.rss());
    return { peakMemoryBytes: this.peakBytes, warnings: [...this.warnings], secondsByStage: this.seconds };
  }
}
