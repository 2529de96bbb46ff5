import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetInfo } from '../../src/shared/contract';
import { dataFolderWithTinyModel } from './bridge';
import { compareOutside, fetchBytes, finished, screenButton, TINY_REQUEST, type MaskedPicture } from './edit-page';
import { launchStudio, type Studio } from './launch';

/** mulberry32: the same twenty masks on every machine. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface Case extends MaskedPicture {
  readonly padding: number | null;
}

/** A noisy picture and a mask of one to three boxes and discs in any grey, some at the edge. */
function randomCase(random: () => number): Case {
  const [width, height] = [64 + 8 * Math.floor(random() * 5), 64 + 8 * Math.floor(random() * 5)];
  const rgb = Buffer.from(Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)));
  const mask = Buffer.alloc(width * height);
  for (let shapes = 1 + Math.floor(random() * 3); shapes > 0; shapes--) {
    const [cx, cy, r, level, isDisc] = [random() * width, random() * height, 3 + random() * 14, 100 + Math.floor(random() * 156), random() < 0.5];
    for (let i = 0; i < mask.length; i++) {
      const [dx, dy] = [(i % width) - cx, Math.floor(i / width) - cy];
      if (isDisc ? Math.hypot(dx, dy) <= r : Math.abs(dx) <= r && Math.abs(dy) <= r / 2) mask[i] = Math.max(mask[i] ?? 0, level);
    }
  }
  return { width, height, rgb, mask, maskBlur: Math.floor(random() * 5), padding: random() < 0.5 ? null : Math.floor(random() * 24) };
}

/** As a page uploads: bytes through the bridge. */
async function put(window: Page, png: Buffer): Promise<AssetInfo> {
  const answer = await window.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return (window as unknown as { studio: { request(channel: string, input: unknown): Promise<unknown> } }).studio.request('assets.put', { bytes });
  }, png.toString('base64'));
  const result = answer as { ok: true; value: AssetInfo } | { ok: false; error: { message: string } };
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('pixels outside of the feathered mask', () => {
  let studio: Studio;
  const data = dataFolderWithTinyModel();
  beforeAll(async () => { studio = await launchStudio({ dataDir: data.dataDir, args: ['--lang=en-US'] }); });
  afterAll(async () => {
    await studio.close();
    data.remove();
  });

  it('are identical to the original, under twenty random masks', { timeout: 300_000 }, async () => {
    const { window } = studio;
    await screenButton(window, 'Edit').waitFor();
    const random = seeded(20);
    const results: { readonly outside: number; readonly changedOutside: number; readonly changed: number }[] = [];
    for (let n = 0; n < 20; n++) {
      const it = randomCase(random);
      const { width, height } = it;
      const source = await put(window, await sharp(it.rgb, { raw: { width, height, channels: 3 } }).png().toBuffer());
      const mask = await put(window, await sharp(it.mask, { raw: { width, height, channels: 1 } }).toColourspace('b-w').png().toBuffer());
      const job = await finished(window, {
        kind: 'inpaint', ...TINY_REQUEST, seed: n, width, height, sourceAssetId: source.assetId, maskAssetId: mask.assetId, strength: 1, maskBlur: it.maskBlur,
        onlyMaskedPadding: it.padding, maskedContent: (['original', 'blur', 'noise'] as const)[n % 3] ?? 'original', matchColours: n % 2 === 0, documentId: null, parentImageIds: [],
      });
      const { data: after, info } = await sharp(await fetchBytes(window, `/image/${String(job.imageIds[0])}`)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect([info.width, info.height, info.channels]).toEqual([width, height, 3]);
      results.push(compareOutside(it, after));
    }
    // Every picture has pixels to keep and pixels that did change; of those to keep, none differs.
    expect(results.map(({ changedOutside }) => changedOutside)).toEqual(results.map(() => 0));
    expect(results.filter(({ outside, changed }) => outside > 0 && changed > 0)).toHaveLength(20);
  });
});
