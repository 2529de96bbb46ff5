import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openAcceptances } from '../../../src/main/app/licences/acceptance-file';
import { licencesOf, licensedUpscaler } from '../../../src/main/app/licences/job-licences';
import { createLicences, type LicensedModel } from '../../../src/main/app/licences/licences';
import { readNotices } from '../../../src/main/app/licences/notices';
import { StudioError } from '../../../src/shared/errors';
import { GenerationRequest } from '../../../src/shared/generation';
import type { GalleryImage } from '../../../src/shared/gallery';
import type { ImageId } from '../../../src/shared/ids';
import { aModel, anImageId, aRecipe, aRequest } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';

const RAIL_CARD = '---\nlicense: creativeml-openrail-m\n---\n';

function setUp(files: Readonly<Record<string, string>> = {}, change: Partial<LicensedModel> = {}) {
  const folder = tempFolder();
  const path = join(folder, 'model');
  mkdirSync(path);
  const put = (name: string, text: string): void => writeFileSync(join(path, name), text);
  for (const [name, text] of Object.entries(files)) put(name, text);
  const kept = join(folder, 'data', 'licences.json');
  const licences = createLicences({ acceptances: openAcceptances(kept), now: () => new Date('2026-11-24T12:00:00Z') });
  const model: LicensedModel = { id: 'user:model', path, name: 'Model', family: 'Stable Diffusion 1.x', licence: '', ...change };
  return { licences, model, put, kept };
}

describe('the licence of a model folder', () => {
  it.each([
    ['nothing', {}, '', { licence: 'unknown', source: 'none', usual: 'openrail-m', needsAcceptance: false }],
    ['a card', { 'README.md': RAIL_CARD }, '', { licence: 'openrail-m', source: 'card', usual: null, needsAcceptance: true }],
    ['a manifest', {}, 'MIT for the weights', { licence: 'mit', source: 'manifest', needsAcceptance: false }],
    ['a text that is newer than its card', { 'README.md': '---\nlicense: other\nlicense_name: sai-nc-community\n---\n', 'LICENSE.md': 'STABILITY AI COMMUNITY LICENSE AGREEMENT' }, '', { licence: 'stability-community', source: 'file' }],
    ['a card beside a text that is not known', { 'README.md': RAIL_CARD, LICENSE: 'Be good.' }, '', { licence: 'openrail-m', source: 'card' }],
    ['only a text that is not known', { LICENSE: 'Be good.' }, '', { licence: 'other', source: 'file', needsAcceptance: true }],
    ['a card without front matter', { 'README.md': '# Hello' }, '', { licence: 'unknown', source: 'none' }],
    ['a licence of one of its parts', { 'LICENSE-tokenizer.txt': 'MIT License' }, '', { licence: 'unknown', source: 'none' }],
  ])('is found in a folder with %s', async (_what, files, licence, wanted) => {
    const { licences, model } = setUp(files, { licence });
    expect(await licences.stateOf(model)).toMatchObject(wanted);
  });

  it('may be set by hand, and goes back', async () => {
    const { licences, model } = setUp({ 'README.md': RAIL_CARD });
    expect(await licences.choose(model, 'cc-by-nc-4.0')).toMatchObject({ licence: 'cc-by-nc-4.0', source: 'chosen', needsAcceptance: true });
    expect(await licences.choose(model, null)).toMatchObject({ licence: 'openrail-m', source: 'card' });
  });

  it('gives an empty answer for a folder that is gone', async () => {
    const { licences, model } = setUp();
    expect(await licences.stateOf({ ...model, path: '/nowhere' })).toMatchObject({ licence: 'unknown' });
  });
});

describe('the first use', () => {
  it('asks once, and keeps date and hash', async () => {
    const { licences, model, kept } = setUp({ 'README.md': RAIL_CARD });
    await expect(licences.admit(model, 'personal')).rejects.toMatchObject({ code: 'licence-not-accepted', details: { licence: 'openrail-m' } });
    const { textHash } = await licences.accept(model);
    await licences.admit(model, 'personal');
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual({ version: 1, acceptances: [{ model: 'user:model', licence: 'openrail-m', textHash, at: '2026-11-24T12:00:00.000Z' }], chosen: {} });
  });

  it('asks again when the text has changed, and refuses what was read before', async () => {
    const { licences, model, put } = setUp({ 'LICENSE.md': 'CreativeML Open RAIL-M, first edition' });
    const { textHash } = await licences.accept(model);
    put('LICENSE.md', 'CreativeML Open RAIL-M, second edition');
    await expect(licences.admit(model, 'personal')).rejects.toMatchObject({ code: 'licence-not-accepted' });
    await expect(licences.accept(model, textHash)).rejects.toThrow('has changed since you read it');
    expect(await licences.textOf(model)).toContain('second edition');
  });

  it('asks for nothing where there is nothing to agree to', async () => {
    for (const licence of ['', 'MIT', 'Apache-2.0']) {
      const { licences, model } = setUp({}, { licence });
      await licences.admit(model, 'company-above-1m');
    }
  });

  it('refuses before it asks where the user may not', async () => {
    const { licences, model } = setUp({ LICENSE: 'STABILITY AI COMMUNITY LICENSE AGREEMENT' });
    await licences.accept(model);
    await licences.admit(model, 'company-below-1m');
    await expect(licences.admit(model, 'company-above-1m')).rejects.toMatchObject({
      code: 'licence-not-allowed',
      message: expect.stringContaining('Enterprise licence') as string,
      details: { reason: 'above-threshold' },
    });
  });

  it('asks again after a damaged file, and then keeps the answer', async () => {
    const { licences, model, kept } = setUp({ 'README.md': RAIL_CARD });
    await licences.accept(model);
    writeFileSync(kept, '{"version":1,');
    await expect(licences.admit(model, 'personal')).rejects.toBeInstanceOf(StudioError);
    await licences.accept(model);
    await licences.admit(model, 'personal');
  });

  it('loses none of many answers at once', async () => {
    const { licences, model } = setUp({ 'README.md': RAIL_CARD });
    const models = Array.from({ length: 10 }, (_, i) => ({ ...model, id: `user:${String(i)}` }));
    await Promise.all(models.map((one) => licences.accept(one)));
    for (const one of models) await licences.admit(one, 'personal');
  });
});

describe('what the pictures of a request inherit', () => {
  const galleryOf = (images: Readonly<Record<string, Partial<GalleryImage>>>) => ({
    get: async (id: ImageId): Promise<GalleryImage> => {
      const image = images[id];
      if (image === undefined) throw new StudioError('image-missing', 'gone');
      // Only the recipe is asked for.
      return image as GalleryImage;
    },
  });
  const edit = { kind: 'img2img', sourceAssetId: 'a'.repeat(64), strength: 0.5, documentId: null } as const;

  it('is its model, its upscaler, and what its sources inherited', async () => {
    const { licences, model } = setUp({ 'README.md': RAIL_CARD });
    const upscaler = join(model.path, 'upscaler');
    mkdirSync(upscaler);
    writeFileSync(join(upscaler, 'upscaler.json'), '{"licence":"BSD-3-Clause (Real-ESRGAN)"}');
    const summary = aModel({ name: 'Model', hires: { upscaler: 'real', scale: 4 } });
    const [kept, old, photo, gone] = [anImageId(), anImageId(), anImageId(), anImageId()];
    const gallery = galleryOf({
      [kept]: { recipe: aRecipe({ licences: [{ part: 'model', name: 'Free', licence: 'cc-by-nc-4.0' }] }) },
      [old]: { recipe: aRecipe({ model: { id: 'user:old', name: 'Old', family: '' } }) },
      [photo]: { recipe: null },
    });
    const models = { upscalerPath: () => upscaler, find: () => Promise.reject(new StudioError('model-missing', 'gone')) };
    const sources = { licences, models, gallery };
    const own = { summary, path: model.path };
    expect(await licencesOf(aRequest({ hires: true }), own, sources)).toEqual([
      { part: 'model', name: 'Model', licence: 'openrail-m' },
      { part: 'upscaler', name: 'real', licence: 'bsd-3-clause' },
    ]);
    const request = GenerationRequest.parse({ ...aRequest(), ...edit, parentImageIds: [kept, old, photo, gone] });
    expect(await licencesOf(request, own, sources)).toEqual([
      { part: 'model', name: 'Model', licence: 'openrail-m' },
      { part: 'source', name: 'Free', licence: 'cc-by-nc-4.0' },
      { part: 'source', name: 'Old', licence: 'unknown' },
      { part: 'source', name: '', licence: 'unknown' },
    ]);
  });

  it('is unknown for an upscaler without a manifest', async () => {
    const { licences } = setUp();
    expect(await licences.partOf(await licensedUpscaler('plain', '/nowhere'), 'upscaler')).toEqual({ part: 'upscaler', name: 'plain', licence: 'unknown' });
  });
});

it('reads the notices of everything that ships', async () => {
  const notices = await readNotices({ program: process.cwd(), models: join(process.cwd(), 'resources', 'models') });
  expect(notices.map(({ title }) => title)).toEqual(expect.arrayContaining(['Palimpsest', 'Libraries', 'classifiers/nsfw-mobilenet-v2: NOTICE.md', 'upscalers: NOTICE.md']));
  expect(notices.find(({ title }) => title.startsWith('classifiers'))?.text).toContain('Infinite Red');
});
