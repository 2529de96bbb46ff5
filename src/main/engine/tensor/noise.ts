/** A stream of standard normal numbers that a seed determines; every draw advances it. */
export interface NoiseGenerator {
  /**
   * Draws `count` standard normals as one call, in C order of the tensor they fill.
   * The split into calls matters: two draws of n are not always one draw of 2n (see random.ts).
   */
  randn(count: number): Float32Array;
}
