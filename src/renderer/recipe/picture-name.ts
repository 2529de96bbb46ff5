import type { GalleryImage } from '../../shared/gallery';

/** What a picture is called where there is room for one line: the user's name, else its prompt, else its file. */
export function nameOf({ marks, recipe, foreign, fileName }: GalleryImage): string {
  const prompt = (recipe?.prompt ?? foreign?.prompt ?? '').trim();
  return marks.name ?? (prompt === '' ? fileName : prompt);
}
