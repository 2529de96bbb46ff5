import { readFile } from 'node:fs/promises';
import { DEFAULT_SETTINGS, Draft, Settings, type SettingsPatch } from '../../../shared/settings';
import { writeAtomically } from '../../files/write-file';

export interface SettingsFile {
  get(): Settings;
  /** Absent keys stay; answers the settings as they now are. */
  set(patch: SettingsPatch): Promise<Settings>;
}

/** Takes each field that is valid and the default for each that is not, so that one bad line loses nothing else. */
function readable(json: unknown): Settings {
  const found = typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  const draft = typeof found['draft'] === 'object' && found['draft'] !== null ? found['draft'] : {};
  const wholeDraft = Draft.safeParse({ ...DEFAULT_SETTINGS.draft, ...draft });
  const valid = Object.entries(Settings.shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(found[key]);
    return key !== 'draft' && parsed.success ? [[key, parsed.data]] : [];
  });
  return Settings.parse({ ...DEFAULT_SETTINGS, ...Object.fromEntries(valid), draft: wholeDraft.success ? wholeDraft.data : DEFAULT_SETTINGS.draft });
}

async function readSettings(path: string): Promise<Settings> {
  try {
    return readable(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    // No file yet, or not JSON: the next change writes a good one.
    return DEFAULT_SETTINGS;
  }
}

export async function openSettings(path: string): Promise<SettingsFile> {
  let current = await readSettings(path);
  let writing: Promise<void> = Promise.resolve();
  return {
    get: () => current,
    set: async (patch) => {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      current = { ...current, ...given };
      const next = writing.catch(() => undefined).then(() => writeAtomically(path, `${JSON.stringify(current, null, 2)}\n`));
      writing = next;
      await next;
      return current;
    },
  };
}
