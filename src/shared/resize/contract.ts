import type { PriceQuote } from '../credits';
import type { AssetId, ImageId } from '../ids';
import type { ChosenFiles, FolderFile, FolderFileState, ResizeFolder, ResizeFolderEvent } from './folder';
import type { ResizePlan, ResizeSourceFacts } from './plan-resize';
import type { FolderOutput, PreviewRegion, ResizeFolderId, ResizeSource } from './requests';
import type { OutputFormat, ResizeSettings } from './settings';
import type { UpscalerId, UpscalerSummary, UpscalerTraits } from './upscaler';

/** A plan with what only this machine knows. */
export interface PlannedResize {
  readonly source: ResizeSourceFacts;
  readonly plan: ResizePlan;
  /** Seconds it will take here, by what earlier runs took; null where none is known. */
  readonly seconds: number | null;
  /** Null for work that costs nothing (no model runs). */
  readonly price: PriceQuote | null;
}

/** Both are pictures of one size: `studio://app/preview/<id>`. They live until the studio ends. */
export interface ResizePreview {
  /** The region enlarged plainly, so that the two can be laid over one another. */
  readonly before: AssetId;
  readonly after: AssetId;
  readonly width: number;
  readonly height: number;
}

/** The resize screen's part of the contract: requests. */
export interface ResizeRequests {
  /** Reads the folders again. */
  'upscalers.list': { input: null; output: readonly UpscalerSummary[] };
  /** What a person told about a network; kept beside its file. */
  'upscalers.answer': { input: { upscalerId: UpscalerId; traits: UpscalerTraits }; output: readonly UpscalerSummary[] };
  /** Where own networks are put. */
  'upscalers.openFolder': { input: null; output: null };
  'resize.plan': { input: { source: ResizeSource; settings: ResizeSettings; format: OutputFormat }; output: PlannedResize };
  /** A newer preview cancels the one before it, which is then refused as `cancelled`. */
  'resize.preview': { input: { source: ResizeSource; settings: ResizeSettings; region: PreviewRegion }; output: ResizePreview };
  /** Asks by the system's dialog; `null` when the user closed it. Dropped files come by `StudioBridge.acceptFiles`. */
  'resizeFolder.choose': { input: { what: 'folder' | 'files' }; output: ChosenFiles | null };
  'resizeFolder.chooseGallery': { input: { imageIds: readonly ImageId[] }; output: ChosenFiles };
  /** Another place for the results of a choice; `null` when the user closed the dialog. */
  'resizeFolder.chooseOutput': { input: { choiceId: string }; output: ChosenFiles | null };
  /** How many results would meet a file of their name: what the page asks about before it starts. */
  'resizeFolder.conflicts': { input: { choiceId: string; settings: ResizeSettings; output: FolderOutput }; output: { readonly conflicts: number; readonly example: string | null } };
  /** Makes a run of a choice and starts it. */
  'resizeFolder.create': { input: { choiceId: string; settings: ResizeSettings; output: FolderOutput }; output: ResizeFolder };
  'resizeFolder.list': { input: null; output: readonly ResizeFolder[] };
  /** A stretch of the files, in their order; `state` narrows it, as for the errors at the end. */
  'resizeFolder.files': {
    input: { folderId: ResizeFolderId; state: FolderFileState | null; offset: number; limit: number };
    output: { readonly total: number; readonly files: readonly FolderFile[] };
  };
  /** The file that is being worked on stops where it is and goes on from there later. */
  'resizeFolder.pause': { input: { folderId: ResizeFolderId }; output: null };
  'resizeFolder.resume': { input: { folderId: ResizeFolderId }; output: null };
  'resizeFolder.skip': { input: { folderId: ResizeFolderId; index: number }; output: null };
  /** Puts failed (and skipped) files back into the queue: one, or all with `null`. */
  'resizeFolder.retry': { input: { folderId: ResizeFolderId; index: number | null }; output: null };
  /** Forgets a run; its results stay. */
  'resizeFolder.remove': { input: { folderId: ResizeFolderId }; output: null };
  'resizeFolder.openOutput': { input: { folderId: ResizeFolderId }; output: null };
}

export interface ResizeTopics {
  'resizeFolder.event': ResizeFolderEvent;
}

export const RESIZE_CHANNELS = [
  'upscalers.list',
  'upscalers.answer',
  'upscalers.openFolder',
  'resize.plan',
  'resize.preview',
  'resizeFolder.choose',
  'resizeFolder.chooseGallery',
  'resizeFolder.chooseOutput',
  'resizeFolder.conflicts',
  'resizeFolder.create',
  'resizeFolder.list',
  'resizeFolder.files',
  'resizeFolder.pause',
  'resizeFolder.resume',
  'resizeFolder.skip',
  'resizeFolder.retry',
  'resizeFolder.remove',
  'resizeFolder.openOutput',
] as const satisfies readonly (keyof ResizeRequests)[];
