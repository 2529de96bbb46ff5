/** What the bars of a chart stand for. */
export const MEASURES = ['pictures', 'price'] as const;
export type Measure = (typeof MEASURES)[number];
