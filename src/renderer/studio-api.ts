import type { RequestChannel, Requests, StudioBridge, Topic, Topics } from '../shared/contract';
import { StudioError } from '../shared/errors';

/** The contract as the renderer uses it: answers are values, failures are thrown `StudioError`s. */
export interface StudioApi {
  /** @throws StudioError with the code and sentence that main answered. */
  request<C extends RequestChannel>(channel: C, input: Requests[C]['input']): Promise<Requests[C]['output']>;
  /** Returns its own unsubscribe. */
  on<T extends Topic>(topic: T, listener: (payload: Topics[T]) => void): () => void;
}

export function createStudioApi(bridge: StudioBridge): StudioApi {
  return {
    async request(channel, input) {
      const result = await bridge.request(channel, input);
      if (!result.ok) throw StudioError.fromData(result.error);
      return result.value;
    },
    on: (topic, listener) => bridge.on(topic, listener),
  };
}
