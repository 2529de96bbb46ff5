import { setTimeout } from 'node:timers/promises';
import { StudioError } from '../../../shared/errors';
import { LIBRARY_CALLS, type Library, type LibraryCallName, type LibraryEvent } from './library-calls';
import type { LibraryCommand, LibraryMessage } from './library-protocol';

/** One running library process, whatever starts it. */
export interface LibraryTransport {
  post(command: LibraryCommand): void;
  kill(): void;
}

export type StartLibrary = (listeners: { onEvent(message: LibraryMessage): void; onExit(code: number | null): void }) => LibraryTransport;

export interface LibraryClientOptions {
  readonly start: StartLibrary;
  onEvent(event: LibraryEvent): void;
  /** In one sentence, e.g. that a damaged file was replaced by a copy. */
  onProblem(problem: string): void;
}

interface PendingCall {
  readonly command: LibraryCommand;
  readonly attempt: number;
  resolve(output: unknown): void;
  reject(error: StudioError): void;
}

/** A call that the process has died of once may have been innocent; twice is not chance. */
const MAX_ATTEMPTS = 2;
/** So long the process may take to end in order; then the studio ends without it. */
const CLOSE_GRACE_MS = 3000;

const settler =
  (pending: Map<number, PendingCall>) =>
  (callId: number, work: (call: PendingCall) => void): void => {
    const call = pending.get(callId);
    pending.delete(callId);
    if (call !== undefined) work(call);
  };

/**
 * The library as seen from main: calls cross to its process, which is started at once and again should it end.
 * A call that was under way is asked again; all of them may be repeated.
 */
export function createLibraryClient({ start, onEvent, onProblem }: LibraryClientOptions): { readonly library: Library; stop(): Promise<void> } {
  const pending = new Map<number, PendingCall>();
  let transport: LibraryTransport | null = null;
  let failure: StudioError | null = null;
  let nextCallId = 1;
  let isStopped = false;

  const settle = settler(pending);
  const receive = (message: LibraryMessage): void => {
    switch (message.type) {
      case 'ready':
        if (message.problem !== null) onProblem(message.problem);
        return;
      case 'event':
        return onEvent(message.event);
      case 'answered':
        return settle(message.callId, (call) => call.resolve(message.output));
      case 'refused':
        return settle(message.callId, (call) => call.reject(StudioError.fromData(message.error)));
      case 'failed':
        failure = StudioError.fromData(message.error);
        for (const callId of [...pending.keys()]) settle(callId, (call) => call.reject(StudioError.fromData(message.error)));
    }
  };
  const launch = (): LibraryTransport => {
    const started: LibraryTransport = start({
      onEvent: (message) => {
        if (transport === started) receive(message);
      },
      onExit: () => {
        if (transport !== started) return;
        transport = null;
        const waiting = [...pending.values()];
        pending.clear();
        for (const call of waiting) {
          if (isStopped || call.attempt >= MAX_ATTEMPTS) call.reject(new StudioError('internal', 'The library stopped unexpectedly; try again.'));
          else send({ ...call, attempt: call.attempt + 1 });
        }
      },
    });
    return started;
  };
  const send = (call: PendingCall): void => {
    if (failure !== null) return call.reject(failure);
    if (isStopped) return call.reject(new StudioError('cancelled', 'The studio is closing.'));
    pending.set(call.command.callId, call);
    transport ??= launch();
    transport.post(call.command);
  };
  const callOf = (name: LibraryCallName) => (input: unknown) =>
    new Promise<unknown>((resolve, reject) => send({ command: { callId: nextCallId++, name, input } as LibraryCommand, attempt: 1, resolve, reject }));

  transport = launch();
  return {
    // The process answers each call with the output of its own name; TypeScript cannot follow that through a Map.
    library: Object.fromEntries(LIBRARY_CALLS.map((name) => [name, callOf(name)])) as unknown as Library,
    stop: async () => {
      // What marks a person has set is on the disk already, so a library that is stuck may be ended.
      await Promise.race([callOf('close')(null).catch(() => undefined), setTimeout(CLOSE_GRACE_MS, undefined, { ref: false })]);
      isStopped = true;
      transport?.kill();
    },
  };
}
