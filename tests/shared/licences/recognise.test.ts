import { describe, expect, it } from 'vitest';
import { licenceOfName, licenceOfText, statedInCard, usualLicenceOf } from '../../../src/shared/licences/recognise';

describe('the licence that a name means', () => {
  it.each([
    ['creativeml-openrail-m', 'openrail-m'],
    ['CreativeML OpenRAIL-M', 'openrail-m'],
    ['openrail', 'openrail-m'],
    ['openrail++', 'openrail++-m'],
    ['CreativeML Open RAIL++-M', 'openrail++-m'],
    ['stabilityai-ai-community', 'stability-community'],
    ['Stability AI Community License', 'stability-community'],
    ['sai-nc-community', 'stability-nc-research'],
    ['apache-2.0', 'apache-2.0'],
    ['Apache License, Version 2.0', 'apache-2.0'],
    ['MIT for the weights; trained on MIT and Apache-2.0 drawings', 'mit'],
    ['BSD-3-Clause (Real-ESRGAN, see ../NOTICE.md)', 'bsd-3-clause'],
    ['cc0-1.0', 'cc0-1.0'],
    ['cc-by-nc-4.0', 'cc-by-nc-4.0'],
    ['cc-by-nc-sa-4.0', 'cc-by-nc-4.0'],
    ['flux-1-dev-non-commercial-license', 'other'],
    ['mitigated', 'other'],
    ['', 'unknown'],
    ['unknown', 'unknown'],
  ])('%s: %s', (stated, licence) => {
    expect(licenceOfName(stated)).toBe(licence);
  });
});

describe('the licence that a text holds', () => {
  it.each([
    ['Copyright (c) 2022 Stability AI and contributors\n\nCreativeML Open RAIL++-M License\ndated November 24, 2022', 'openrail++-m'],
    ['Copyright (c) 2022 Robin Rombach\n\nCreativeML Open RAIL-M\ndated August 22, 2022', 'openrail-m'],
    ['STABILITY AI COMMUNITY LICENSE AGREEMENT\nLast Updated: July 5, 2024', 'stability-community'],
    ['# STABILITY AI NON-COMMERCIAL RESEARCH\n COMMUNITY LICENSE AGREEMENT\nDated: November 28, 2023', 'stability-nc-research'],
    ['                                 Apache License\n                           Version 2.0, January 2004', 'apache-2.0'],
    ['Permission is hereby granted, free of charge, to any person\nobtaining a copy of this software', 'mit'],
    ['3. Neither the name of the copyright holder nor the names of its\n   contributors may be used to endorse or promote products derived', 'bsd-3-clause'],
    ['Creative Commons Attribution-NonCommercial 4.0 International Public License', 'cc-by-nc-4.0'],
    ['You may do as you are told.', 'other'],
  ])('%#', (text, licence) => {
    expect(licenceOfText(text)).toBe(licence);
  });
});

describe('the licence that a model card states', () => {
  it.each([
    ['---\nlicense: creativeml-openrail-m\ntags:\n- text-to-image\n---\n# Model', 'creativeml-openrail-m'],
    ['---\r\nlicense: "openrail++"\r\n---\r\n', 'openrail++'],
    ['---\nlicense: other\nlicense_name: sai-nc-community\nlicense_link: LICENSE.md\n---\n', 'sai-nc-community'],
    ['---\nlicense: other # see below\n---\n', 'other'],
    ['---\ntags: [x]\n---\nlicense: mit', null],
    ['# A model\nlicense: mit', null],
    ['---\nlicense:\n---\n', null],
  ])('%#', (card, stated) => {
    expect(statedInCard(card)).toBe(stated);
  });
});

it('guesses by family, and only where there is a habit', () => {
  expect(['Stable Diffusion 1.x', 'Stable Diffusion XL', 'SDXL Turbo or Lightning', 'Stable Diffusion 3', 'Latent Consistency Model'].map(usualLicenceOf)).toEqual([
    'openrail-m', 'openrail++-m', 'stability-community', 'stability-community', null,
  ]);
});
