import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { nameKey } from '../../../shared/name-pattern';
import { fileNameOf } from '../../../shared/resize/name-pattern';
import type { ResizePlan } from '../../../shared/resize/plan-resize';
import type { IfExists } from '../../../shared/resize/requests';
import type { PixelSize } from '../../../shared/resize/size-target';
import type { ResolvedSettings } from './resolve-settings';

export interface NamedFile {
  readonly path: string;
  readonly index: number;
  readonly total: number;
  readonly source: PixelSize;
  readonly plan: Pick<ResizePlan, 'outputSize'>;
  readonly resolved: Pick<ResolvedSettings, 'upscaler' | 'drawing'>;
  /** Milliseconds since the epoch: one date for a whole run, also when it goes on tomorrow. */
  readonly createdAt: number;
}

const stemOf = (path: string): string => basename(path).replace(/\.[^.]*$/, '');

/** The name, without extension, that the pattern makes for a file. */
export function wantedName(pattern: string, { path, index, total, source, plan, resolved, createdAt }: NamedFile): string {
  const { width, height } = plan.outputSize;
  return fileNameOf(pattern, {
    name: stemOf(path),
    scale: Math.max(width, height) / Math.max(source.width, source.height),
    width,
    height,
    model: resolved.upscaler?.summary.name ?? resolved.drawing?.summary.name ?? 'resample',
    date: new Date(createdAt),
    n: index + 1,
    total,
  });
}

const numbered = (name: string, attempt: number): string => (attempt === 1 ? name : name.replace(/(\.[^.]*)$/, ` (${attempt})$1`));

/**
 * A name that no other result of the run has, nor any source that lies among the results.
 * @returns null where a file of that name is there and is to be left
 */
export function freeName(wanted: string, { taken, outputFolder, ifExists }: { readonly taken: readonly string[]; readonly outputFolder: string; readonly ifExists: IfExists }): string | null {
  const keys = new Set(taken.map(nameKey));
  for (let attempt = 1; ; attempt += 1) {
    const name = numbered(wanted, attempt);
    if (keys.has(nameKey(name))) continue;
    if (!existsSync(join(outputFolder, name)) || ifExists === 'overwrite') return name;
    if (ifExists === 'skip') return null;
  }
}
