import type { GalleryEvent } from '../../shared/gallery-contract';
import type { StudioApi } from '../studio-api';
import { neighbourOf } from './gallery';
import type { Stores } from './stores';

/** The only subscriber to main's events; `onGalleryNews` says what a person should hear of. Returns its own unsubscribe. */
export function connectEvents(api: StudioApi, stores: Stores, onGalleryNews: (event: GalleryEvent) => void): () => void {
  const { browser, credits, engine, gallery, jobs, licences, models, resizeRuns, view } = stores;
  const stops = [
    api.on('jobs.event', (event) => {
      jobs.apply(event);
      view.applyJobEvent(event, {
        job: jobs.getState().jobs.find((job) => job.id === event.jobId) ?? null,
        fallback: gallery.getState().images[0]?.id ?? null,
      });
    }),
    api.on('gallery.event', (event) => {
      if (event.type === 'removed') {
        const { selection } = view.getState();
        if (selection?.kind === 'image' && event.imageIds.includes(selection.id)) {
          const removed = new Set(event.imageIds.filter((id) => id !== selection.id));
          const next = neighbourOf(gallery.getState().images.filter((image) => !removed.has(image.id)), selection.id);
          view.select(next === null ? null : { kind: 'image', id: next.id });
        }
      }
      gallery.apply(event);
      browser.apply(event);
      onGalleryNews(event);
    }),
    api.on('credits.event', (event) => { credits.apply(event); }),
    api.on('models.event', (event) => {
      models.apply(event.models);
      // What cannot be read now is read again when it is needed.
      licences.load().catch(() => undefined);
    }),
    api.on('resizeFolder.event', (event) => { resizeRuns.apply(event); }),
    api.on('engine.event', (status) => { engine.apply(status); }),
  ];
  return () => { for (const stop of stops) stop(); };
}
