import { StudioError } from '../../../shared/errors';
import { conditioningFeeds, runDenoiser, type ConditioningFeeds, type DenoiserInput } from '../models/denoiser';
import type { DenoiserLayout } from '../models/denoiser-layout';
import type { Guidance, Run } from '../run-context';
import type { Model } from '../runtime/runtime';
import { allFinite } from './finite';
import { guide } from './guidance';
import { loadPart } from './load-part';
import { runPart } from './run-part';

/** Above this, two runs of one picture hold less memory than one run of two, at the same speed (ENGINE.md 8.4). */
const TWO_PASS_BYTES = 1024 ** 3;

/** The conditioning of one model call as the graph takes it: one run, or two where the batch is one. */
interface PreparedCall {
  readonly guidance: Guidance;
  readonly layout: DenoiserLayout;
  readonly passes: readonly ConditioningFeeds[];
}

function prepare(layout: DenoiserLayout, guidance: Guidance): PreparedCall {
  const { positive, negative } = guidance;
  const inTwo = layout.batch === 1 || (layout.batch === null && layout.part.graph.bytes > TWO_PASS_BYTES);
  const passes = negative === null ? [[positive]] : inTwo ? [[negative], [positive]] : [[negative, positive]];
  return { guidance, layout, passes: passes.map((conditionings) => conditioningFeeds(layout, conditionings)) };
}

/** Asks the denoiser, for one picture, what the noise is; guidance included. */
export class Predictor {
  private prepared: PreparedCall | null = null;

  constructor(private readonly run: Run) {}

  /** Loads the denoiser ahead of the first call. */
  async load(): Promise<void> {
    await loadPart(this.run, this.run.model.layout.denoiser.part);
  }

  /**
   * @returns the denoiser's output after guidance, [C, h, w] flat
   * @throws StudioError `cancelled`, or `bad-output` for numbers that are none in float32 too
   */
  predict(input: DenoiserInput, guidance: Guidance): Promise<Float32Array> {
    return runPart(this.run, {
      name: this.run.model.layout.denoiser.part.name,
      run: (model) => this.call(model, input, guidance),
      flawOf: (output) => (allFinite(output) ? null : 'gave numbers beyond all bounds'),
      remedy: 'try another scheduler or lower guidance, and if that fails too, download this model again',
    });
  }

  private async call(model: Model, input: DenoiserInput, guidance: Guidance): Promise<Float32Array> {
    const { run } = this;
    const { layout, passes } = this.preparedFor(guidance);
    const outputs: Float32Array[] = [];
    for (const pass of passes) {
      await run.checkpoint();
      outputs.push(...(await runDenoiser({ model, layout }, input, pass)));
    }
    const [first, second] = outputs;
    if (first === undefined) throw new StudioError('internal', 'Expected an output of the denoiser but received none.');
    return second === undefined ? first : guide({ unconditional: first, conditional: second, scale: run.task.guidanceScale, rescale: run.task.guidanceRescale ?? 0 });
  }

  /** Made anew when guidance ends before the picture does, and for a float32 copy, which takes other types. */
  private preparedFor(guidance: Guidance): PreparedCall {
    const layout = this.run.model.layout.denoiser;
    const known = this.prepared;
    if (known?.layout === layout && known.guidance.positive === guidance.positive && known.guidance.negative === guidance.negative) return known;
    return (this.prepared = prepare(layout, guidance));
  }
}
