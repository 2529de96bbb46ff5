import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packDocument, unpackDocument } from '../../src/main/files/document-archive';
import { tempFolder } from '../support/temp-folder';

async function packed(count: number) {
  const root = tempFolder();
  const assets = Array.from({ length: count }, (_, i) => {
    const bytes = Buffer.from(`picture ${i} `.repeat(500));
    const name = createHash('sha256').update(bytes).digest('hex');
    const path = join(root, `${name}.png`);
    writeFileSync(path, bytes);
    return { name, path };
  });
  const json = JSON.stringify({ layers: assets.map(({ name }) => ({ assetId: name })) });
  const target = join(root, 'x.palimpsest');
  await packDocument({ json, assets, target });
  const folder = join(root, 'out');
  mkdirSync(folder);
  return { root, assets, json, target, folder };
}

describe('the .palimpsest file', () => {
  it('gives back text and pictures byte for byte', async () => {
    const { assets, json, target, folder } = await packed(3);
    expect(await unpackDocument({ source: target, folder })).toEqual({ json, names: assets.map(({ name }) => name), lost: [] });
    for (const { name, path } of assets) expect(readFileSync(join(folder, `${name}.png`))).toEqual(readFileSync(path));
  });

  it('saves what stands before a cut, and names what was lost', async () => {
    const { assets, json, target, folder } = await packed(3);
    truncateSync(target, Math.floor(readFileSync(target).length * 0.6));
    const { json: text, names, lost } = await unpackDocument({ source: target, folder });
    expect(text).toBe(json);
    expect(names.length).toBeGreaterThan(0);
    expect(lost.length).toBeGreaterThan(0);
    expect([...names, ...lost].sort()).toEqual(assets.map(({ name }) => name).sort());
  });

  it('does not take a picture whose bytes were changed', async () => {
    const { assets, target, folder } = await packed(2);
    const bytes = readFileSync(target);
    const at = bytes.indexOf('picture 1');
    bytes[at] = 0x51;
    writeFileSync(target, bytes);
    expect((await unpackDocument({ source: target, folder })).lost).toEqual([assets[1]?.name]);
  });

  it('ignores names that would leave the folder', async () => {
    const { root, target, folder } = await packed(1);
    const { zipSync } = await import('fflate');
    writeFileSync(target, zipSync({ 'document.json': Buffer.from('{}'), '../evil.png': Buffer.from('x'), 'assets/../../evil.png': Buffer.from('x') }));
    expect((await unpackDocument({ source: target, folder })).names).toEqual([]);
    expect(() => readFileSync(join(root, 'evil.png'))).toThrow('ENOENT');
  });

  it('refuses what is no document in one sentence', async () => {
    const { root, folder } = await packed(1);
    const source = join(root, 'other.palimpsest');
    writeFileSync(source, 'not a zip');
    await expect(unpackDocument({ source, folder })).rejects.toMatchObject({ code: 'image-invalid' });
  });
});
