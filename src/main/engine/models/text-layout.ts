import { StudioError } from '../../../shared/errors';
import type { TensorInfo } from '../runtime/runtime';
import type { TextRecipe } from './family';
import { numberAt } from './json-file';
import { TEXT_PARTS, type ModelFolder, type Part, type TextEncoderNumber } from './model-folder';
import { displayName, findInfo, requireInfo, requireType, staticDim } from './part-names';

/** Names and shapes of a text encoder's tensors. */
export interface TextEncoderLayout {
  readonly part: Part;
  readonly number: TextEncoderNumber;
  /** Absolute path of the tokenizer's folder. */
  readonly tokenizer: string;
  readonly ids: TensorInfo;
  readonly lastHidden: TensorInfo | null;
  /** `text_embeds` (projected) or `pooler_output`. */
  readonly pooled: TensorInfo | null;
  /** Outputs `hidden_states.k` by k; 0 is the embedding. Empty in plain exports. */
  readonly hiddenStates: ReadonlyMap<number, TensorInfo>;
  /** k of the last but one layer, which SDXL and SD 3 read. */
  readonly penultimate: number;
  /** Tokens per call where the export fixed it. */
  readonly length: number | null;
  /** Numbers per token where declared. */
  readonly width: number | null;
}

const HIDDEN_STATE = /^hidden_states\.(\d+)$/;

function readHiddenStates(part: Part): Map<number, TensorInfo> {
  const states = new Map<number, TensorInfo>();
  for (const output of part.graph.outputs) {
    const match = HIDDEN_STATE.exec(output.name);
    if (match?.[1] !== undefined) states.set(Number(match[1]), output);
  }
  return states;
}

function readTextLayout(folder: ModelFolder, number: TextEncoderNumber): TextEncoderLayout | null {
  const part = folder.parts[TEXT_PARTS[number]];
  const tokenizer = folder.tokenizers[number];
  if (part === undefined || tokenizer === undefined) return null;
  const ids = requireInfo(part.graph, 'inputs', ['input_ids']);
  requireType(part.graph, ids, ['int64', 'int32']);
  const lastHidden = findInfo(part.graph.outputs, ['last_hidden_state']);
  const hiddenStates = readHiddenStates(part);
  const layers = numberAt(part.config, 'num_hidden_layers') ?? Math.max(0, ...hiddenStates.keys());
  const shown = lastHidden ?? [...hiddenStates.values()][0] ?? null;
  return {
    part, number, tokenizer, ids, lastHidden, hiddenStates,
    pooled: findInfo(part.graph.outputs, ['text_embeds', 'pooler_output']),
    penultimate: layers - 1,
    length: staticDim(ids, 1),
    width: shown === null ? null : staticDim(shown, -1),
  };
}

function refuseWithoutHiddenStates(layout: TextEncoderLayout): never {
  const file = displayName(layout.part.graph);
  throw new StudioError(
    'model-unsupported',
    `${file} was exported without its hidden states, which this model needs: export it again with output_hidden_states on.`,
    { details: { file } },
  );
}

/** What each recipe needs of its encoders; checked here so that a folder is refused before anything is loaded. */
function checkRecipe(layouts: readonly TextEncoderLayout[], recipe: TextRecipe): void {
  for (const layout of layouts) {
    const needsHidden = recipe !== 'single' && layout.number < 3;
    if (needsHidden && !layout.hiddenStates.has(layout.penultimate)) refuseWithoutHiddenStates(layout);
    const needsPooled = (recipe === 'sdxl' && layout.number === 2) || (recipe === 'sd3' && layout.number < 3);
    if (needsPooled && layout.pooled === null) requireInfo(layout.part.graph, 'outputs', ['text_embeds', 'pooler_output']);
    if (!needsHidden && layout.lastHidden === null) requireInfo(layout.part.graph, 'outputs', ['last_hidden_state']);
  }
}

/**
 * The text encoders of a folder, in order.
 * @throws StudioError naming the encoder that lacks an output or its tokenizer
 */
export function readTextLayouts(folder: ModelFolder, recipe: TextRecipe): readonly TextEncoderLayout[] {
  const numbers: readonly TextEncoderNumber[] = recipe === 'single' ? [1] : recipe === 'sdxl' ? [1, 2] : [1, 2, 3];
  const layouts: TextEncoderLayout[] = [];
  for (const number of numbers) {
    const layout = readTextLayout(folder, number);
    if (layout !== null) layouts.push(layout);
    else if (number < 3) {
      throw new StudioError('model-missing', `${TEXT_PARTS[number]}/model.onnx is missing: download or export this model again.`, { details: { file: TEXT_PARTS[number] } });
    }
  }
  checkRecipe(layouts, recipe);
  return layouts;
}

/** Numbers per token that the recipe hands to the denoiser, where every encoder declares its own. */
export function contextWidth(layouts: readonly TextEncoderLayout[], recipe: TextRecipe): number | null {
  if (recipe === 'sd3') return null;
  let width = 0;
  for (const layout of layouts) {
    if (layout.width === null) return null;
    width += layout.width;
  }
  return width;
}
