import { randomInt } from 'node:crypto';
import { LIMITS } from '../../shared/limits';
import type { GenerateResult, GenerateTask } from '../engine/engine';
import { findEmbeddings } from '../files/find-embeddings';
import { admitModel, licencesOfTask } from './admit-model';
import { buildTask } from './build-task';
import { priceRequestOfTask } from './credits-order';
import { reserveRun, type RunAccount, type RunCost } from './credits-run';
import { findModel } from './find-model';
import type { GenerateFlags } from './generate-flags';
import { openWorkbench, type Workbench } from './open-engine';
import { resolveOutput } from './output-target';
import { createProgressLine } from './progress-line';
import { savePicture, type SaveContext } from './save-picture';
import { openTrace, type TraceWriter } from './trace-writer';

export interface GenerationCommand {
  readonly kind: GenerateTask['kind'];
  readonly prompt: string;
  readonly flags: GenerateFlags;
  readonly signal: AbortSignal;
  warn(sentence: string): void;
}

/** What `--json` prints, on one line. */
export interface GenerationReport {
  readonly file: string;
  readonly files: readonly string[];
  readonly seed: number;
  readonly seeds: readonly number[];
  readonly secondsByStage: Readonly<Record<string, number>>;
  readonly peakMemoryBytes: number;
  /** Null where the run was not counted. */
  readonly credits: RunCost | null;
  readonly warnings: readonly string[];
}

/**
 * Makes the pictures of one command line and writes them.
 * @throws StudioError of any code; then nothing that belongs to this run stays on disk except pictures already finished
 */
export async function runGeneration({ kind, prompt, flags, signal, warn }: GenerationCommand): Promise<GenerationReport> {
  const bench = await openWorkbench(flags.dataDir);
  const target = resolveOutput(flags.out, bench.folders.pictures);
  const trace = flags.trace === undefined ? null : openTrace(flags.trace);
  const model = await findModel(flags.model, bench);
  await admitModel({ model, prompt, bench, isAccepting: flags.acceptLicence === true });
  const seed = flags.seed ?? randomInt(LIMITS.seed.min, LIMITS.seed.max + 1);
  const task = buildTask({ kind, prompt, flags, model, seed, embeddings: findEmbeddings(bench.folders.embeddings), upscalerPath: bench.registry.upscalerPath });
  const { hires, name, family } = model.description;
  const licences = await licencesOfTask(model, task, bench);
  const request = await priceRequestOfTask(task, model.description);
  // Last, so that nothing can fail between the reservation and the run that closes it.
  const account = flags.credits ? await reserveRun({ modelId: model.id, request, count: task.count, savedIn: target.folder }, { folders: bench.folders, warn }) : null;
  const save: SaveContext = {
    task,
    target,
    appVersion: bench.version,
    model: { id: model.id, name, family },
    upscalerName: task.upscaler == null ? null : (hires?.upscaler ?? null),
    licences,
    jobId: account?.jobId ?? null,
    provenance: { watermark: flags.watermark === true, sourceType: flags.sourceType },
  };
  return generate({ bench, save, account, trace, signal, isVerbose: flags.verbose === true });
}

interface Run {
  readonly bench: Workbench;
  readonly save: SaveContext;
  readonly account: RunAccount | null;
  readonly trace: TraceWriter | null;
  readonly signal: AbortSignal;
  readonly isVerbose: boolean;
}

async function generate({ bench, save, account, trace, signal, isVerbose }: Run): Promise<GenerationReport> {
  const line = createProgressLine(process.stderr, isVerbose);
  const files: string[] = [];
  const seeds: number[] = [];
  const secondsByStage: Record<string, number> = {};
  const begun = performance.now();
  let peakMemory = 0;
  // Once, whether the run ends well, badly or by Ctrl+C.
  const close = (): RunCost | null => account?.close({ pictures: files.length, seconds: Math.round(performance.now() - begun) / 1000, peakMemoryBytes: peakMemory }) ?? null;
  try {
    const result: GenerateResult = await bench.engine.generate(save.task, {
      signal,
      onProgress: (progress) => line.show(progress),
      onImage: async (finished) => {
        const start = performance.now();
        files.push(await savePicture(finished, save));
        seeds.push(finished.seed);
        peakMemory = Math.max(peakMemory, finished.peakMemoryBytes);
        addSeconds(secondsByStage, { ...finished.secondsByStage, saving: (performance.now() - start) / 1000 });
      },
      ...(trace === null ? {} : { onLatents: (step: number, latents: Float32Array) => trace.write(step, latents) }),
    });
    trace?.commit();
    const { peakMemoryBytes, warnings } = result;
    return { file: files[0] ?? '', files, seed: save.task.seed, seeds, secondsByStage, peakMemoryBytes, credits: close(), warnings };
  } catch (caught) {
    close();
    throw caught;
  } finally {
    line.clear();
    trace?.discard();
    await bench.engine.release();
  }
}

function addSeconds(sum: Record<string, number>, seconds: Readonly<Record<string, number | undefined>>): void {
  for (const [stage, value] of Object.entries(seconds)) sum[stage] = Math.round(((sum[stage] ?? 0) + (value ?? 0)) * 1000) / 1000;
}
