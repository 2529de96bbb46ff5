import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tempFolder } from '../support/temp-folder';
import { QUICK, startCli, useBuiltCli } from './run-cli';

describe('what a run leaves behind', () => {
  useBuiltCli();

  it('is the picture alone: no device id, no telemetry store, no cache in the home folder', async () => {
    const home = tempFolder();
    const out = tempFolder();
    // The runtime keeps quiet by itself where CI is set, so the test must not run under it.
    const env = { HOME: home, XDG_CACHE_HOME: join(home, '.cache'), CI: undefined, ORT_DISABLE_TELEMETRY: undefined };
    const { code, stderr } = await startCli(['txt2img', 'a', ...QUICK, '--out', join(out, 'a.png')], { env }).done;
    expect(code, stderr).toBe(0);
    expect({ home: readdirSync(home, { recursive: true }), out: readdirSync(out) }).toEqual({ home: [], out: ['a.png'] });
  });
});
