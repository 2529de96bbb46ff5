import { StudioError } from '../../../shared/errors';
import type { ModelLayout } from './model-layout';
import { displayName } from './part-names';

/** Operators that exist for GPUs only (ENGINE.md 8.3). */
const GPU_ONLY = ['GroupNorm', 'SkipGroupNorm', 'NhwcConv', 'BiasSplitGelu', 'BiasAdd', 'PackedMultiHeadAttention'].map((name) => `com.microsoft/${name}`);

/** @throws StudioError `model-unsupported` for a graph that the processor cannot compute */
export function requireProcessorOperators(layout: ModelLayout): void {
  for (const { graph } of Object.values(layout.folder.parts)) {
    const operator = GPU_ONLY.find((name) => graph.operators[name] !== undefined);
    if (operator === undefined) continue;
    const file = displayName(graph);
    throw new StudioError(
      'model-unsupported',
      `${file} was optimised for a GPU (operator ${operator.replace('com.microsoft/', '')} has no CPU version): install the plain ONNX export of this model.`,
      { details: { file, operator } },
    );
  }
}
