/** The only place where numeric ranges of a request live; the form, the schemas and the command line read them here. */
export const LIMITS = {
  /** Pixels per side; the model narrows it further. */
  side: { min: 64, max: 2048, multipleOf: 8 },
  numInferenceSteps: { min: 1, max: 150 },
  guidanceScale: { min: 0, max: 30 },
  count: { min: 1, max: 8 },
  /** Passes in which a large extension is made. */
  passes: { max: 100 },
  /** Share of the steps. */
  guidanceCutoff: { min: 0, max: 1 },
  clipSkip: { min: 0, max: 24 },
  /** torch's CPU generator keeps the low 32 bits only, so larger seeds would repeat smaller ones. */
  seed: { min: 0, max: 4294967295 },
  /** A picture that is opened, judged from its header before any pixel is decoded. */
  inputImage: { maxSide: 16_384, maxPixels: 100_000_000, maxBytes: 268_435_456 },
  /** Pictures in one page of the gallery, in one selection, and in a whole library. */
  gallery: { page: 500, selection: 20_000, pictures: 10_000_000 },
  /** Characters; far above what any model reads (it is cut there, and said so), low enough to bound a message. */
  promptLength: 200_000,
} as const;
