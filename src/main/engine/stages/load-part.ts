import type { Part } from '../models/model-folder';
import type { Run } from '../run-context';
import type { Model } from '../runtime/runtime';

/** A part's session, loaded on the clock of the loading stage when it is not there yet. */
export async function loadPart(run: Run, part: Part): Promise<Model> {
  if (run.model.parts.isLoaded(part)) return run.model.parts.load(part);
  await run.checkpoint();
  return run.during('loading', () => {
    run.report(0, 1);
    return run.model.parts.load(part);
  });
}

/** Says that the parts are done for this picture; they leave memory only where the machine needs it. */
export async function releaseParts(run: Run, parts: readonly Part[]): Promise<void> {
  for (const part of parts) await run.model.parts.finish(part);
}
