import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { LicenceId } from '../../../shared/licences/licence-record';
import { writeAtomically } from '../../files/write-file';

const Acceptance = z.object({
  /** A model's id, or the absolute folder of one outside of the models folders. */
  model: z.string(),
  licence: LicenceId,
  textHash: z.string(),
  /** ISO 8601 in UTC. */
  at: z.string(),
});
export type Acceptance = z.infer<typeof Acceptance>;

const Kept = z.object({
  version: z.literal(1),
  /** In the order they were given; none is ever removed. */
  acceptances: z.array(Acceptance),
  /** Licences set by hand, by model. */
  chosen: z.record(z.string(), LicenceId),
});
type Kept = z.infer<typeof Kept>;

/** What the user has agreed to and set by hand: one JSON file, read at every question, because the command line writes it too. */
export interface AcceptanceFile {
  read(): Promise<Kept>;
  accept(acceptance: Acceptance): Promise<void>;
  /** Null forgets the choice. */
  choose(model: string, licence: LicenceId | null): Promise<void>;
}

const NOTHING: Kept = { version: 1, acceptances: [], chosen: {} };

export function openAcceptances(path: string): AcceptanceFile {
  let writing: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<Kept> => {
    try {
      return Kept.parse(JSON.parse(await readFile(path, 'utf8')));
    } catch {
      // No file yet, or a damaged one: whoever agreed once more is only asked again.
      return NOTHING;
    }
  };
  const change = (edit: (kept: Kept) => Kept): Promise<void> => {
    const next = writing.catch(() => undefined).then(async () => {
      const kept = edit(await read());
      await mkdir(dirname(path), { recursive: true });
      await writeAtomically(path, `${JSON.stringify(kept, null, 2)}\n`);
    });
    writing = next;
    return next;
  };
  return {
    read,
    accept: (acceptance) => change((kept) => ({ ...kept, acceptances: [...kept.acceptances, acceptance] })),
    choose: (model, licence) =>
      change((kept) => {
        const others = Object.entries(kept.chosen).filter(([known]) => known !== model);
        return { ...kept, chosen: Object.fromEntries(licence === null ? others : [...others, [model, licence]]) };
      }),
  };
}
