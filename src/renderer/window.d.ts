import type { StudioBridge } from '../shared/contract';

declare global {
  interface Window {
    /** Put there by the preload; read only by main.tsx. */
    readonly studio: StudioBridge;
  }
}
