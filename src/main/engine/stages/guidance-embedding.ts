/**
 * LCM's `timestep_cond`: the guidance scale minus 1 as a sinusoid, [dim] (diffusers `get_guidance_scale_embedding`,
 * ENGINE.md 6.4). @param w guidance scale minus 1
 */
export function guidanceEmbedding(w: number, dim: number): Float32Array {
  const half = Math.floor(dim / 2);
  const step = Math.fround(Math.log(10000) / (half - 1));
  const embedding = new Float32Array(dim);
  for (let k = 0; k < half; k += 1) {
    const frequency = Math.fround(Math.exp(Math.fround(-step * k)));
    const angle = Math.fround(Math.fround(w * 1000) * frequency);
    embedding[k] = Math.sin(angle);
    embedding[half + k] = Math.cos(angle);
  }
  return embedding;
}
