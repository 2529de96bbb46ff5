import type { ModelId } from '../ids';
import type { LicenceId } from './licence-record';

/** Who said under which licence a model comes; the earlier stands above the later. */
export type LicenceSource = 'chosen' | 'file' | 'card' | 'manifest' | 'none';

/** Under which licence a model comes, and whether its terms have been agreed to. */
export interface ModelLicence {
  readonly modelId: ModelId;
  readonly licence: LicenceId;
  readonly source: LicenceSource;
  /** As the model's own files name it; empty where they name none. */
  readonly stated: string;
  /** What models of its family usually come under: a guess, never acted upon. */
  readonly usual: LicenceId | null;
  /** SHA-256 of the text that is agreed to: the model's own where it brings one, else the studio's plain words. */
  readonly textHash: string;
  /** Whether the model brings that text itself. */
  readonly hasOwnText: boolean;
  /** ISO 8601; null while this text has not been agreed to. */
  readonly acceptedAt: string | null;
  /** True until terms that bind the user have been agreed to. */
  readonly needsAcceptance: boolean;
}

/** A text of a maker that must stay readable: licence, notice, credits. Markdown. */
export interface Notice {
  readonly title: string;
  readonly text: string;
}

export interface LicenceRequests {
  'licences.list': { input: null; output: readonly ModelLicence[] };
  /** The hash tells which text was on the screen; another one is refused. */
  'licences.accept': { input: { modelId: ModelId; textHash: string }; output: ModelLicence };
  /** Sets by hand what the files do not tell; null goes back to what they tell. */
  'licences.choose': { input: { modelId: ModelId; licence: LicenceId | null }; output: ModelLicence };
  /** The text that is agreed to. */
  'licences.text': { input: { modelId: ModelId }; output: { text: string } };
  'about.notices': { input: null; output: readonly Notice[] };
}

/** For the preload, which must stay free of zod. */
export const LICENCE_CHANNELS = ['licences.list', 'licences.accept', 'licences.choose', 'licences.text', 'about.notices'] as const satisfies readonly (keyof LicenceRequests)[];
