export const SAVE_FORMATS = ['png', 'jpeg', 'webp'] as const;
export type SaveFormat = (typeof SAVE_FORMATS)[number];
