import { describe, expect, it } from 'vitest';
import { planGeneration, type GenerationPlan } from '../../src/main/app/jobs/plan-generation';
import { resolveDataFolders } from '../../src/main/files/data-folders';
import { DEFAULT_SETTINGS } from '../../src/shared/settings';
import { aJobId, aModel, aRequest } from '../support/samples';

const plan = (request: GenerationPlan['request'], embeddings: GenerationPlan['embeddings'] = []): GenerationPlan => ({
  jobId: aJobId(),
  request,
  model: { summary: aModel(), path: '/models/tiny' },
  folders: resolveDataFolders('/data'),
  appVersion: '0',
  embeddings,
  says: { licences: [], provenance: DEFAULT_SETTINGS.provenance },
  upscalerPath: (name) => `/upscalers/${name}`,
  assetPath: (id) => `/assets/${id}`,
  drawSeed: () => 11,
});

describe('the plan of a request', () => {
  it('hands on guidance cutoff, clip skip and noise source, and leaves out what was not asked', () => {
    const { task } = planGeneration(plan(aRequest({ guidanceCutoff: 0.5, clipSkip: 1, noiseSource: 'gpu' })));
    expect(task).toMatchObject({ guidanceCutoff: 0.5, clipSkip: 1, noiseSource: 'gpu' });
    const bare = planGeneration(plan(aRequest())).task;
    for (const key of ['guidanceCutoff', 'clipSkip', 'noiseSource']) expect(bare).not.toHaveProperty(key);
  });

  it('hands on the embeddings that there are', () => {
    const found = [{ token: 'ink', path: '/data/embeddings/ink.safetensors', isRequired: false }];
    expect(planGeneration(plan(aRequest(), found)).task.embeddings).toEqual(found);
  });

  it('draws a seed only where none was given', () => {
    expect(planGeneration(plan(aRequest({ seed: null }))).task.seed).toBe(11);
    expect(planGeneration(plan(aRequest({ seed: 5 }))).task.seed).toBe(5);
  });
});
