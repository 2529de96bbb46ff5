import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findEmbeddings } from '../../src/main/files/find-embeddings';
import { tempFolder } from '../support/temp-folder';

describe('the embeddings of a folder', () => {
  it('are its .safetensors files by name, those in folders of it too', () => {
    const folder = tempFolder();
    mkdirSync(join(folder, 'styles'));
    for (const name of ['bad-hands.safetensors', 'styles/Ink.SafeTensors', 'old.pt', 'notes.txt']) writeFileSync(join(folder, name), '');
    expect(findEmbeddings(folder)).toEqual([
      { token: 'bad-hands', path: join(folder, 'bad-hands.safetensors'), isRequired: false },
      { token: 'Ink', path: join(folder, 'styles/Ink.SafeTensors'), isRequired: false },
    ]);
  });

  it('are none where the folder is not there', () => {
    expect(findEmbeddings(join(tempFolder(), 'none'))).toEqual([]);
  });
});
