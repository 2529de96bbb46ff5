import type { Part } from '../models/model-folder';
import type { GraphVariant } from '../models/model-set';
import type { Run } from '../run-context';
import type { Model } from '../runtime/runtime';

/** A part's session, as it lies in its file or changed in memory; loaded on the clock of the loading stage when it is not there yet. */
export async function loadPart(run: Run, part: Part, variant: GraphVariant | null = null): Promise<Model> {
  if (run.model.parts.isLoaded(part, variant)) return run.model.parts.load(part, variant);
  await run.checkpoint();
  return run.during('loading', () => {
    run.report(0, 1);
    return run.model.parts.load(part, variant);
  });
}

/** Says that the parts are done for this picture; they leave memory only where the machine needs it. */
export async function releaseParts(run: Run, parts: readonly Part[]): Promise<void> {
  for (const part of parts) await run.model.parts.finish(part);
}
