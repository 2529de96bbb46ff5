import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import { union } from './geometry';

/** Where the keyboard's rectangle begins: the middle third of the picture. */
export const keyboardBox = ({ width, height }: Pick<CanvasDocument, 'width' | 'height'>): Rect => ({
  x: Math.round(width / 3),
  y: Math.round(height / 3),
  width: Math.max(1, Math.round(width / 3)),
  height: Math.max(1, Math.round(height / 3)),
});

/** The picture and what the frame adds to it: what "fit" brings into view. */
export const everything = ({ width, height, frame }: Pick<CanvasDocument, 'width' | 'height' | 'frame'>): Rect => union({ x: 0, y: 0, width, height }, frame) ?? frame;
