import type { StudioErrorData } from '../shared/errors';
import type { ExtendPass } from '../shared/generation';
import type { ImageId, JobId } from '../shared/ids';
import type { Progress } from '../shared/job';
import type { PictureThresholds } from '../shared/moderation/moderation';
import type { PromptHit } from '../shared/moderation/prompt-rules';
import type { Recipe } from '../shared/recipe';
import type { EngineProgress, GenerateResult, GenerateTask, ModelDescription } from './engine/engine';

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

/** What a job reports beyond the engine's own words: the pass it is in. */
export type JobProgress = EngineProgress & Pick<Progress, 'pass'>;

/** Where finished pictures are staged and what their recipes need beyond the task. */
export interface OutputPlan {
  readonly stagingFolder: string;
  readonly thumbnailFolder: string;
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
  thumbnail: { input: { readonly source: string; readonly target: string }; output: null };
}

export type CallName = keyof Calls;

export type HostCommand =
  | GenerateCommand
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
  | { readonly type: 'done'; readonly jobId: JobId; readonly result: GenerateResult }
  | { readonly type: 'failed'; readonly jobId: JobId; readonly error: StudioErrorData }
  | { readonly type: 'cancelled'; readonly jobId: JobId }
  | { readonly type: 'answered'; readonly callId: number; readonly output: Calls[CallName]['output'] }
  | { readonly type: 'refused'; readonly callId: number; readonly error: StudioErrorData }
  | { readonly type: 'memory'; readonly residentBytes: number };
