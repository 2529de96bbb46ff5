import { IconBox, IconBrush, IconCoins, IconPhoto, IconResize, IconSettings, IconSparkles, type Icon } from '@tabler/icons-react';
import type { Screen } from './stores/view';

/**
 * The screens in the rail's order: one table for the rail and the command palette. Only what exists; a screen that is
 * not built yet has no place here. Each has its key in commands/shortcuts.ts and its name under `rail` in the catalogue.
 */
export const SCREENS: readonly { readonly id: Screen; readonly icon: Icon; readonly place: 'top' | 'bottom' }[] = [
  { id: 'create', icon: IconSparkles, place: 'top' },
  { id: 'edit', icon: IconBrush, place: 'top' },
  { id: 'gallery', icon: IconPhoto, place: 'top' },
  { id: 'resize', icon: IconResize, place: 'top' },
  { id: 'models', icon: IconBox, place: 'top' },
  { id: 'credits', icon: IconCoins, place: 'bottom' },
  { id: 'settings', icon: IconSettings, place: 'bottom' },
];
