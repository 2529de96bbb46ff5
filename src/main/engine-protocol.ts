import type { StudioErrorData } from '../shared/errors';
import type { ExtendPass } from '../shared/generation';
import type { AssetId, ImageId, JobId, ExportId } from '../shared/ids';
import type { Progress } from '../shared/job';
import type { PictureThresholds } from '../shared/moderation/moderation';
import type { PromptHit } from '../shared/moderation/prompt-rules';
import type { Recipe } from '../shared/recipe';
import type { PreviewRegion } from '../shared/resize/requests';
import type { ResizeSourceFacts } from '../shared/resize/plan-resize';
import type { EngineProgress, GenerateResult, GenerateTask, ModelDescription, ResizeTask, UpscalerDescription } from './engine/engine';

/** Start of the host's argument that names the folder for optimised graphs. */
export const GRAPH_CACHE_FLAG = '--graph-cache=';

/** Messages between main and its child processes. Both ends are ours and built together, so types suffice. */
export interface GenerateCommand {
  readonly type: 'generate';
  readonly jobId: JobId;
  readonly task: GenerateTask;
  readonly output: OutputPlan;
  /** A repaint in several passes, each of which sees what the one before has drawn; absent = all at once. */
  readonly passes?: readonly ExtendPass[];
}

/** One picture file to another size; the result waits at `task.output.path` to be moved into place. */
export interface ResizeCommand {
  readonly type: 'resize';
  readonly jobId: JobId;
  readonly task: ResizeTask;
  readonly output: ResizeOutputPlan;
}

/** What the result says of itself beyond its pixels. */
export interface ResizeOutputPlan {
  readonly appVersion: string;
  readonly imageId: ImageId;
  /** Absent outside of the gallery. */
  readonly jobId?: JobId;
  /** ISO 8601. A file made from a file keeps its date, so that the same work gives the same bytes. */
  readonly createdAt: string;
  /** Whether the recipe tells how long it took, which is never twice the same. */
  readonly isTimed: boolean;
  /** `if-any` writes a recipe only where the source has one: a photograph that is merely resampled stays a photograph. */
  readonly recipe: 'always' | 'if-any';
  readonly resize: NonNullable<Recipe['resize']>;
  /** The model that worked, for a source without a recipe. */
  readonly model: Recipe['model'];
  readonly sourceAssetId: AssetId;
  readonly parentImageIds: readonly ImageId[];
  readonly licences?: Recipe['licences'] | undefined;
}

export interface StagedResize {
  readonly stagedPath: string;
  /** Null where none was written. */
  readonly recipe: Recipe | null;
  readonly width: number;
  readonly height: number;
  readonly warnings: readonly string[];
  readonly peakMemoryBytes: number;
  readonly secondsByStage: Readonly<Record<string, number>>;
}

/** What a file is before it is resized, and the hash of its bytes. */
export interface InspectedPicture extends ResizeSourceFacts {
  readonly format: ResizeTask['output']['format'];
  readonly sha256: AssetId;
}

/** What a job reports beyond the engine's own words: the pass it is in. */
export type JobProgress = EngineProgress & Pick<Progress, 'pass'>;

/** Where finished pictures are staged and what their recipes need beyond the task. */
export interface OutputPlan {
  readonly stagingFolder: string;
  /** One per picture, in order. */
  readonly imageIds: readonly ImageId[];
  readonly appVersion: string;
  /** Written into each recipe; absent outside the studio. */
  readonly jobId?: JobId;
  readonly model: Recipe['model'];
  readonly upscalerName: string | null;
  /** Where an edit came from; null for pictures made from text alone. */
  readonly edit: Recipe['edit'] | null;
  /** What the pictures inherit. */
  readonly licences?: Recipe['licences'] | undefined;
  /** What to check, and what the prompt's own check has said; absent = nothing is checked. */
  readonly moderation?: { readonly prompt: readonly PromptHit[]; readonly picture: PictureCheck | null } | undefined;
  readonly provenance?: Provenance;
}

/** The picture check: which classifier, and from which shares on it fires. */
export interface PictureCheck {
  readonly classifier: string;
  /** Absolute folder of that classifier. */
  readonly folder: string;
  readonly thresholds: PictureThresholds;
}

/** What a finished file says of where it comes from. */
export interface Provenance {
  readonly watermark: boolean;
  readonly sourceType: boolean;
}

/** Short work with one answer: what is asked, and what it answers. */
export interface Calls {
  describe: { input: { readonly modelPath: string }; output: ModelDescription };
  /** Writes `target` in the format of its extension, recipe kept. */
  convert: { input: { readonly source: string; readonly target: string; readonly format: 'png' | 'jpeg' | 'webp' }; output: null };
  /** Decodes any picture file, orientation applied, and writes it as PNG. */
  normalise: { input: { readonly source: string; readonly target: string }; output: null };
  /** Writes a document and its pictures as one `.palimpsest` file. */
  packDocument: {
    input: { readonly json: string; readonly assets: readonly { readonly name: string; readonly path: string }[]; readonly target: string };
    output: null;
  };
  /** Reads what can be read of a `.palimpsest` file; pictures land in `folder` under their names. */
  unpackDocument: {
    input: { readonly source: string; readonly folder: string };
    output: { readonly json: string; readonly names: readonly string[]; readonly lost: readonly string[] };
  };
  describeUpscaler: { input: { readonly path: string }; output: UpscalerDescription };
  /** Header and hash of a picture file. */
  inspectPicture: { input: { readonly path: string }; output: InspectedPicture };
  /** The header alone, in no time. */
  measurePicture: { input: { readonly path: string }; output: Omit<InspectedPicture, 'sha256'> };
  /** A region of a picture, enlarged plainly and as asked; both land in `folder` under the hashes of their bytes. */
  previewResize: {
    input: { readonly previewId: number; readonly task: Omit<ResizeTask, 'output'>; readonly region: PreviewRegion; readonly folder: string };
    output: { readonly before: AssetId; readonly after: AssetId; readonly width: number; readonly height: number };
  };
  /** Stops a preview that nobody waits for any more. */
  cancelPreview: { input: { readonly previewId: number }; output: null };
  /** Begins an export: a zip that is written as pictures come, or a folder. `path` must not exist. */
  openExport: { input: { readonly exportId: ExportId; readonly as: 'zip' | 'folder'; readonly path: string }; output: null };
  /** Adds one picture under a name with its extension. */
  addToExport: {
    input: { readonly exportId: ExportId; readonly source: string; readonly name: string; readonly format: 'original' | 'png' | 'jpeg' | 'webp'; readonly longestSide: number | null; readonly withRecipe: boolean };
    output: null;
  };
  /** Finishes it, flushed to the disk, or takes back what there is of it. */
  closeExport: { input: { readonly exportId: ExportId; readonly isKept: boolean }; output: null };
  /** A picture file's perceptual hash, 16 hex digits. */
  look: { input: { readonly source: string }; output: { readonly look: string } };
  /** `psnr` in decibels; null for pictures of two sizes. */
  comparePictures: { input: { readonly a: string; readonly b: string }; output: { readonly isSameSize: boolean; readonly psnr: number | 'identical' | null } };
  /** Writes a small WebP of a picture file; `look` is its perceptual hash, 16 hex digits. */
  thumbnail: { input: { readonly source: string; readonly target: string; readonly size: number }; output: { readonly look: string } };
}

export type CallName = keyof Calls;

export type HostCommand =
  | GenerateCommand
  | ResizeCommand
  | { readonly type: 'cancel'; readonly jobId: JobId }
  | { readonly [C in CallName]: { readonly type: 'call'; readonly callId: number; readonly name: C; readonly input: Calls[C]['input'] } }[CallName]
  | { readonly type: 'shutdown' };

export interface StagedImage {
  readonly imageId: ImageId;
  readonly stagedPath: string;
  readonly recipe: Recipe;
  /** Of the file, after enlarging. */
  readonly width: number;
  readonly height: number;
}

export type HostEvent =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly jobId: JobId; readonly progress: JobProgress }
  | { readonly type: 'imageStaged'; readonly jobId: JobId; readonly image: StagedImage }
  | { readonly type: 'done'; readonly jobId: JobId; readonly result: GenerateResult | StagedResize }
  | { readonly type: 'failed'; readonly jobId: JobId; readonly error: StudioErrorData }
  | { readonly type: 'cancelled'; readonly jobId: JobId }
  | { readonly type: 'answered'; readonly callId: number; readonly output: Calls[CallName]['output'] }
  | { readonly type: 'refused'; readonly callId: number; readonly error: StudioErrorData }
  | { readonly type: 'memory'; readonly residentBytes: number };
