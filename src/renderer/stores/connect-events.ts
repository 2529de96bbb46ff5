import type { StudioApi } from '../studio-api';
import { neighbourOf } from './gallery';
import type { Stores } from './stores';

/** The only subscriber to main's events. Returns its own unsubscribe. */
export function connectEvents(api: StudioApi, stores: Stores): () => void {
  const { engine, gallery, jobs, models, view } = stores;
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
        const next = neighbourOf(gallery.getState().images, event.imageId);
        if (selection?.kind === 'image' && selection.id === event.imageId)
          view.select(next === null ? null : { kind: 'image', id: next.id });
      }
      gallery.apply(event);
    }),
    api.on('models.event', (event) => { models.apply(event.models); }),
    api.on('engine.event', (status) => { engine.apply(status); }),
  ];
  return () => { for (const stop of stops) stop(); };
}
