import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashFile } from '../../src/main/files/hash-file';
import { tempFolder } from '../support/temp-folder';

it('hashes a file of many pieces as the whole of it, and answers null for one that is not there', async () => {
  const bytes = Buffer.alloc(300_000, 'palimpsest');
  const path = join(tempFolder(), 'picture.png');
  writeFileSync(path, bytes);
  expect(await hashFile(path)).toBe(createHash('sha256').update(bytes).digest('hex'));
  expect(await hashFile(`${path}.gone`)).toBeNull();
});
