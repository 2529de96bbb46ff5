import type { Topic, Topics } from '../../shared/contract';

/** Tells every listener of a topic; events broadcast what has changed and drive nothing. */
export interface StudioEvents {
  emit<T extends Topic>(topic: T, payload: Topics[T]): void;
  /** Hears all topics; returns its own unsubscribe. */
  subscribe(listener: StudioListener): () => void;
}

export type StudioListener = <T extends Topic>(topic: T, payload: Topics[T]) => void;

export function createStudioEvents(): StudioEvents {
  const listeners = new Set<StudioListener>();
  return {
    emit: (topic, payload) => {
      for (const listener of listeners) listener(topic, payload);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
