import { resolve } from 'node:path';
import { UpscalerId, type UpscalerTraits } from '../../shared/resize/upscaler';
import type { ChosenUpscaler, UpscalerRegistry } from '../app/resize/upscaler-registry';

const DEFAULT = UpscalerId.parse('builtin:realesr-animevideov3');

export interface UpscalerChoice {
  readonly model?: string;
  readonly range?: UpscalerTraits['range'];
  readonly order?: UpscalerTraits['order'];
  readonly layout?: UpscalerTraits['layout'];
}

/**
 * An upscaler by its id or by its file; what the flags say of its numbers goes before what was found out.
 * @throws StudioError `model-missing`, `model-invalid` or `model-unsupported`
 */
export async function findUpscaler({ model, range, order, layout }: UpscalerChoice, registry: UpscalerRegistry): Promise<ChosenUpscaler> {
  const id = model === undefined ? DEFAULT : (UpscalerId.safeParse(model).data ?? null);
  const found = id === null ? await registry.openFile(resolve(model ?? '')) : await registry.find(id);
  const traits = { layout: layout ?? found.use.traits.layout, range: range ?? found.use.traits.range, order: order ?? found.use.traits.order };
  return { ...found, use: { ...found.use, traits } };
}
