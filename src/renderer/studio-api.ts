import type { RequestChannel, Requests, Result, StudioBridge, Topic, Topics } from '../shared/contract';
import { StudioError } from '../shared/errors';
import type { ChosenFiles } from '../shared/resize/folder';

/** The contract as the renderer uses it: answers are values, failures are thrown `StudioError`s. */
export interface StudioApi {
  /** @throws StudioError with the code and sentence that main answered. */
  request<C extends RequestChannel>(channel: C, input: Requests[C]['input']): Promise<Requests[C]['output']>;
  /** Files dropped on the window, held by main, which alone learns their paths. @throws StudioError when none is a picture. */
  acceptFiles(files: readonly File[]): Promise<ChosenFiles>;
  /** Returns its own unsubscribe. */
  on<T extends Topic>(topic: T, listener: (payload: Topics[T]) => void): () => void;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw StudioError.fromData(result.error);
  return result.value;
}

export function createStudioApi(bridge: StudioBridge): StudioApi {
  return {
    request: async (channel, input) => valueOf(await bridge.request(channel, input)),
    acceptFiles: async (files) => valueOf(await bridge.acceptFiles(files)),
    on: (topic, listener) => bridge.on(topic, listener),
  };
}
