/** Execution providers by onnxruntime's names. */
export type Provider = 'cpu' | 'cuda' | 'dml' | 'coreml' | 'webgpu';

/**
 * Runs a small fixed graph on a provider.
 * @returns the graph's output. @throws anything when the provider cannot be started.
 */
export type ProviderProbe = (provider: Provider) => Promise<Float32Array>;

export interface ProviderChoice {
  readonly provider: Provider;
  /** One sentence for each provider that was tried and not taken. */
  readonly notes: readonly string[];
}

/** Largest difference from the CPU's numbers that counts as the same; GPUs add float32 in another order. */
const TOLERANCE = 1e-3;

const LABELS: Readonly<Record<Provider, string>> = {
  cpu: 'the processor',
  cuda: 'CUDA',
  dml: 'DirectML',
  coreml: 'Core ML',
  webgpu: 'WebGPU',
};

/** The providers worth trying on a platform, fastest first; the processor always ends the list (ENGINE.md 8.1). */
export function providerOrder(platform: string, architecture: string): readonly Provider[] {
  switch (platform) {
    case 'win32':
      return ['dml', 'webgpu', 'cpu'];
    case 'darwin':
      return ['webgpu', 'coreml', 'cpu'];
    case 'linux':
      return architecture === 'x64' ? ['cuda', 'webgpu', 'cpu'] : ['cpu'];
    default:
      return ['cpu'];
  }
}

function difference(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  // Math.max ignores nothing: a NaN must count as wrong, so it is compared in the negative.
  return expected.reduce((worst, value, i) => {
    const distance = Math.abs((actual[i] ?? NaN) - value);
    return distance <= worst ? worst : Number.isNaN(distance) ? Infinity : distance;
  }, 0);
}

/**
 * Takes the first provider of `order` whose self-test agrees with the processor's numbers, else the processor.
 * Never throws for a provider other than `cpu`: a missing driver is a sentence, not a failure.
 */
export async function chooseProvider(order: readonly Provider[], probe: ProviderProbe): Promise<ProviderChoice> {
  const notes: string[] = [];
  let expected: Float32Array | null = null;
  for (const provider of order) {
    if (provider === 'cpu') break;
    try {
      const actual = await probe(provider);
      expected ??= await probe('cpu');
      const worst = difference(actual, expected);
      if (worst <= TOLERANCE) return { provider, notes };
      notes.push(`${LABELS[provider]} computes wrong numbers here (off by ${worst.toPrecision(2)}), so it is not used.`);
    } catch (caught) {
      const reason = (caught instanceof Error ? caught.message : String(caught)).split('\n')[0] ?? '';
      notes.push(`${LABELS[provider]} could not be started, so it is not used: ${reason.slice(0, 200)}`);
    }
  }
  return { provider: 'cpu', notes };
}
