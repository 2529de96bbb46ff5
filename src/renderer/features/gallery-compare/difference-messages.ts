/** The page's question: two pictures by URL, compared in the size of the first. */
export interface DifferenceQuestion {
  readonly urls: readonly [string, string];
  readonly width: number;
  readonly height: number;
}

export type DifferenceAnswer =
  | { readonly ok: true; readonly bitmap: ImageBitmap; readonly changed: number; readonly largest: number }
  | { readonly ok: false };
