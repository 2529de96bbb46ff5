import type { CanvasDocument } from '../../shared/canvas-document';
import { StudioError } from '../../shared/errors';
import type { CanvasSources } from './canvas-sources';

export interface LoadingEvents {
  /** A picture is there. */
  onLoaded(): void;
  onProblem(problem: StudioError): void;
}

/** Loads what the canvas shows, each picture once: one that failed is told once, not at every change of the document. */
export class PictureLoading {
  readonly #requested = new Set<string>();
  #isEnded = false;

  constructor(
    private readonly sources: CanvasSources,
    private readonly events: LoadingEvents,
  ) {}

  /** Starts what is missing and forgets what is no longer shown. */
  show(document: CanvasDocument, urls: ReadonlySet<string>): void {
    this.sources.pictures.keepOnly(urls);
    for (const url of this.#requested) if (!urls.has(url) && !url.startsWith('mask:')) this.#requested.delete(url);
    for (const url of urls)
      this.#once(url, async () => {
        await this.sources.pictures.load(url);
        this.events.onLoaded();
      });
    for (const id of this.sources.missingMaskPictures(document)) this.#once(`mask:${id}`, () => this.sources.loadMaskPicture(id));
  }

  /** Nothing more is told. */
  end(): void {
    this.#isEnded = true;
  }

  #once(name: string, load: () => Promise<void>): void {
    if (this.#requested.has(name)) return;
    this.#requested.add(name);
    load().catch((problem: unknown) => {
      if (!this.#isEnded) this.events.onProblem(StudioError.fromCaught(problem));
    });
  }
}
