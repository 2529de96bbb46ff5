import { join } from 'node:path';
import type { Recipe } from '../../shared/recipe';

const MAX_SLUG = 48;

/** Letters and digits of any script; everything a file system or a shell could trip over becomes a dash. */
function slug(prompt: string): string {
  const text = prompt
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
  const cut = [...text].slice(0, MAX_SLUG).join('').replace(/-+$/, '');
  return cut === '' ? 'picture' : cut;
}

/** `2026-11/20261124-174312-42-red-apple.png`, relative to the pictures folder: sorts by time, tells seed and prompt. */
export function pictureName(recipe: Recipe): string {
  const stamp = recipe.createdAt.replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return join(recipe.createdAt.slice(0, 7), `${stamp}-${recipe.seed}-${slug(recipe.prompt)}.png`);
}
