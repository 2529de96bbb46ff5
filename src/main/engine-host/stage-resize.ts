import { open, rename, rm } from 'node:fs/promises';
import type { Recipe } from '../../shared/recipe';
import type { ResizeCommand, StagedResize } from '../engine-protocol';
import type { Engine, ResizeContext } from '../engine/engine';
import { copyWithPngText, readPngFacts } from '../files/png-text';
import { recipeOf, recipeTexts, toParameters } from '../files/recipe-text';
import { makeResizeRecipe, type ResizeFacts } from '../files/resize-recipe';
import { storageError, systemCodeOf } from '../files/storage-error';
import { recipeOfXmp, withRecipeXmp, XMP_KEYWORD } from '../files/xmp';

/** What of a source goes along besides what its encoder carries. */
interface SourceText {
  readonly recipe: Recipe | null;
  /** Text chunks of a PNG, other programs' included. */
  readonly texts: Readonly<Record<string, string>>;
}

async function readPngText(path: string): Promise<SourceText> {
  const facts = await readPngFacts(path).catch(() => null);
  if (facts === null) return { recipe: null, texts: {} };
  // XMP goes along with the pixels.
  return { recipe: recipeOf(facts), texts: Object.fromEntries([...facts.text].filter(([keyword]) => keyword !== XMP_KEYWORD)) };
}

async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

const SYSTEM_CODES: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE']);

/** A full disk is met in the engine, which knows no sentences about storage. */
function asStorageError(caught: unknown, path: string): unknown {
  const cause = caught instanceof Error && 'cause' in caught && caught.cause instanceof Error ? caught.cause : caught;
  return SYSTEM_CODES.has(systemCodeOf(cause)) ? storageError(cause, path, 'write') : caught;
}

/**
 * Resizes one file and writes what the result says of itself. It waits at the task's own path, flushed to disk; moving
 * it into place is main's work, and so is clearing the work folder then.
 */
export async function stageResize({ task, output }: ResizeCommand, engine: Engine, context: Omit<ResizeContext, 'textFor'>): Promise<StagedResize> {
  const { path, format } = task.output;
  const png = await readPngText(task.sourcePath);
  let source = png.recipe;
  const recipeWith = (facts: ResizeFacts | null): Recipe | null => (source === null && output.recipe === 'if-any' ? null : makeResizeRecipe(source, output, facts));
  const draft = `${path}.draft`;
  try {
    const result = await engine.resize(
      { ...task, output: { ...task.output, path: draft } },
      {
        ...context,
        textFor: ({ xmp }) => {
          source ??= xmp === null ? null : recipeOfXmp(xmp);
          const recipe = recipeWith(null);
          if (format === 'png' || recipe === null) return Promise.resolve({ xmp, userComment: null });
          return Promise.resolve({ xmp: withRecipeXmp(xmp, recipe, source !== null), userComment: recipe.prompt === '' ? null : toParameters(recipe) });
        },
      },
    );
    const recipe = recipeWith(result);
    if (format === 'png') await copyWithPngText(draft, path, { ...png.texts, ...(recipe === null ? {} : recipeTexts(recipe)) });
    else {
      await flush(draft);
      await rename(draft, path);
    }
    const { width, height, warnings, peakMemoryBytes, secondsByStage } = result;
    return { stagedPath: path, recipe, width, height, warnings, peakMemoryBytes, secondsByStage };
  } catch (caught) {
    await rm(path, { force: true });
    throw asStorageError(caught, path);
  } finally {
    await rm(draft, { force: true });
  }
}
