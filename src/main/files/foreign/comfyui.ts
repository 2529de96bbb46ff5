import { asObject, type RawSettings } from './settings';

type Inputs = Readonly<Record<string, unknown>>;

interface Node {
  readonly type: string;
  readonly inputs: Inputs;
}

/** More nodes than any graph has that a person has drawn. */
const MAX_NODES = 5000;

/** ComfyUI's API format: node id -> class and inputs; an input is a value, or `[node id, output]` for a wire. */
function readNodes(graph: Inputs): ReadonlyMap<string, Node> {
  const nodes = new Map<string, Node>();
  for (const [id, value] of Object.entries(graph).slice(0, MAX_NODES)) {
    const node = asObject(value);
    const inputs = asObject(node?.['inputs']);
    if (node !== null && inputs !== null && typeof node['class_type'] === 'string') nodes.set(id, { type: node['class_type'], inputs });
  }
  return nodes;
}

const wireOf = (value: unknown): string | null => (Array.isArray(value) && value.length === 2 && (typeof value[0] === 'string' || typeof value[0] === 'number') ? String(value[0]) : null);

interface Graph {
  /** Looks up the wires from `start`, nearest first, for a node that `wanted` makes something of. */
  find<T>(start: readonly string[], wanted: (node: Node) => T | null): T | null;
  readonly nodes: ReadonlyMap<string, Node>;
}

function openGraph(nodes: ReadonlyMap<string, Node>): Graph {
  return {
    nodes,
    find: (start, wanted) => {
      const seen = new Set(start);
      const queue = [...start];
      for (let at = 0; at < queue.length; at += 1) {
        const node = nodes.get(queue[at] ?? '');
        if (node === undefined) continue;
        const found = wanted(node);
        if (found !== null) return found;
        for (const value of Object.values(node.inputs)) {
          const wire = wireOf(value);
          if (wire === null || seen.has(wire)) continue;
          seen.add(wire);
          queue.push(wire);
        }
      }
      return null;
    },
  };
}

const isSampler = ({ inputs }: Node): boolean => ('seed' in inputs || 'noise_seed' in inputs || 'noise' in inputs) && ('positive' in inputs || 'guider' in inputs);
const isOutput = ({ type, inputs }: Node): boolean => /save|preview/i.test(type) && wireOf(inputs['images'] ?? inputs['image']) !== null;

const literal = (value: unknown): string | number | null => (typeof value === 'string' || typeof value === 'number' ? value : null);

/** The value of an input: written there, or the first of that name (or of `also`) up its wire. */
function valueOf(graph: Graph, node: Node, keys: readonly string[]): string | number | null {
  for (const key of keys) {
    const own = literal(node.inputs[key]);
    if (own !== null) return own;
    const wire = wireOf(node.inputs[key]);
    if (wire === null) continue;
    const found = graph.find([wire], ({ inputs }) => literal(inputs[key]) ?? literal(inputs['value']) ?? literal(inputs[key === 'seed' || key === 'noise_seed' ? 'seed' : key]));
    if (found !== null) return found;
  }
  return null;
}

/** A text may itself come from another node, e.g. a prompt builder. */
function textOf(graph: Graph, wire: string | null): string | null {
  if (wire === null) return null;
  return graph.find([wire], ({ inputs }) => {
    const parts = ['text', 'text_g', 'text_l', 'prompt', 'clip_l', 't5xxl', 'string', 'value'].map((key) => inputs[key]);
    const texts = [...new Set(parts.filter((part) => typeof part === 'string'))];
    return texts.length === 0 ? null : texts.join('\n');
  });
}

/** Follows the wires back from the node that saves the picture. @returns null when no sampler lies there */
export function readComfyGraph(prompt: Inputs): RawSettings | null {
  const graph = openGraph(readNodes(prompt));
  const entries = [...graph.nodes];
  const outputs = entries.filter(([, node]) => isOutput(node)).map(([id]) => id);
  const asSampler = (node: Node): Node | null => (isSampler(node) ? node : null);
  const sampler = graph.find(outputs, asSampler) ?? entries.map(([, node]) => node).find(isSampler) ?? null;
  if (sampler === null) return null;
  const around = (key: string): readonly string[] => [wireOf(sampler.inputs[key])].filter((wire) => wire !== null);
  const first = (keys: readonly string[], from: readonly string[]): string | number | null =>
    graph.find(from, ({ inputs }) => keys.map((key) => literal(inputs[key])).find((value) => value !== null) ?? null);
  const conditioned = graph.find(around('guider'), (node) => ('positive' in node.inputs || 'conditioning' in node.inputs ? node : null)) ?? sampler;
  const latent = around('latent_image');
  const models = [...around('model'), ...around('guider')];
  const known = new Set(['seed', 'noise_seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise']);
  return {
    origin: 'comfyui',
    prompt: textOf(graph, wireOf(conditioned.inputs['positive'] ?? conditioned.inputs['conditioning'])) ?? undefined,
    negativePrompt: textOf(graph, wireOf(conditioned.inputs['negative'])) ?? undefined,
    modelName: first(['ckpt_name', 'unet_name', 'model_name'], models),
    seed: valueOf(graph, sampler, ['seed', 'noise_seed']) ?? first(['noise_seed'], around('noise')),
    steps: valueOf(graph, sampler, ['steps']) ?? first(['steps'], around('sigmas')),
    guidance: valueOf(graph, sampler, ['cfg']) ?? first(['cfg'], around('guider')) ?? undefined,
    sampler: valueOf(graph, sampler, ['sampler_name']) ?? first(['sampler_name'], around('sampler')),
    schedule: valueOf(graph, sampler, ['scheduler']) ?? first(['scheduler'], around('sigmas')),
    width: first(['width'], latent),
    height: first(['height'], latent),
    strength: valueOf(graph, sampler, ['denoise']) ?? undefined,
    unknown: [
      ...Object.entries(sampler.inputs).filter(([key, value]) => !known.has(key) && wireOf(value) === null),
      ...entries.flatMap(([, { type, inputs }]) => (/lora|controlnet|vae|upscale/i.test(type) ? [[type, Object.fromEntries(Object.entries(inputs).filter(([, value]) => wireOf(value) === null))] as const] : [])),
    ],
  };
}
