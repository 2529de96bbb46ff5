import { StudioError } from '../../../shared/errors';
import { layoutOf } from '../models/model-layout';
import type { Part, PartName } from '../models/model-folder';
import type { GraphVariant } from '../models/model-set';
import { isHalfPrecision } from '../models/part-names';
import type { Run } from '../run-context';
import { readOnnxFile } from '../runtime/onnx-file';
import type { Model } from '../runtime/runtime';
import { loadPart } from './load-part';

/** One job of one part of the model. */
export interface PartWork<T> {
  readonly name: PartName;
  /** The part's graph is changed in memory first. */
  readonly variant?: GraphVariant | undefined;
  /** May be called twice; what it needs of the layout it reads then, because a float32 copy declares other types. */
  run(model: Model): Promise<T>;
  /** What is wrong with a result, as the words after the part's name; null where nothing is. */
  flawOf(result: T): string | null;
  /** What a person can do about a flaw that float32 does not mend, without a full stop. */
  readonly remedy: string;
}

function partOf(run: Run, name: PartName): Part {
  const part = run.model.layout.folder.parts[name];
  if (part === undefined) throw new StudioError('model-missing', `${name}/model.onnx is missing: download or export this model again.`);
  return part;
}

/** Puts a float32 copy of a part in its place for as long as the model stays open. @returns null, or why there is none */
async function widen(run: Run, { name, graph, config }: Part, flaw: string): Promise<string | null> {
  const { model } = run;
  try {
    const path = await run.during('loading', () =>
      model.float32.copyOf(graph, async (share) => {
        run.report(share, 1);
        await run.checkpoint();
      }),
    );
    const { folder } = model.layout;
    model.layout = layoutOf({ ...folder, parts: { ...folder.parts, [name]: { name, config, graph: readOnnxFile(path) } } });
  } catch (caught) {
    if (caught instanceof StudioError && caught.code === 'cancelled') throw caught;
    return caught instanceof Error ? caught.message : String(caught);
  }
  model.widened.set(name, `${name} ${flaw} in float16, so it was retried in float32: a float32 export of this model does without that.`);
  return null;
}

/**
 * Runs one part of the model. Where its float16 numbers overflowed, it runs once more on a float32 copy of its graph,
 * which takes its place from then on; so a part is never blamed for what another one gave it.
 * @throws StudioError `bad-output` naming the part and the remedy where that does not help, `cancelled`, and what loading throws
 */
export async function runPart<T>(run: Run, work: PartWork<T>): Promise<T> {
  const { name, variant, remedy } = work;
  const attempt = async (): Promise<T> => work.run(await loadPart(run, partOf(run, name), variant));
  const first = await attempt();
  const flaw = work.flawOf(first);
  if (flaw === null) return first;
  const part = partOf(run, name);
  if (!isHalfPrecision(part.graph)) throw new StudioError('bad-output', `${name} ${flaw}, so there is no picture: ${remedy}.`);
  const reason = await widen(run, part, flaw);
  if (reason !== null) {
    throw new StudioError('bad-output', `${name} ${flaw} and no float32 copy of it could be made (${reason}), so there is no picture: use a float32 export of this model.`);
  }
  const second = await attempt();
  const remaining = work.flawOf(second);
  if (remaining !== null) throw new StudioError('bad-output', `${name} ${remaining}, in float32 too, so there is no picture: ${remedy}.`);
  run.noteWidened();
  return second;
}
