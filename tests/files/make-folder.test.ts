import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder } from '../../src/main/files/make-folder';
import { tempFolder } from '../support/temp-folder';

describe('makeFolder', () => {
  it('makes every missing folder above, and is content with one that is there', () => {
    const path = join(tempFolder(), 'a', 'b', 'c');
    makeFolder(path);
    makeFolder(path);
    expect(existsSync(path)).toBe(true);
  });

  it('names a folder that a file stands in the way of', () => {
    const file = join(tempFolder(), 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(join(file, 'below'))).toThrow(/Could not create the folder .*below: a file stands where a folder is needed/);
  });

  it.runIf(process.platform === 'linux')('returns where the file system knows no new names', () => {
    expect(() => makeFolder('/proc/palimpsest/pictures')).toThrow(/Could not create the folder/);
  });
});
