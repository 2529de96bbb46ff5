import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { ACCEPT_FILES, REQUEST_CHANNELS, type RequestChannel, type Requests, type Result } from '../../shared/contract';
import { REQUEST_SCHEMAS } from '../../shared/contract-schemas';
import { StudioError } from '../../shared/errors';
import type { ChosenFiles } from '../../shared/resize/folder';
import type { Handlers } from '../app/handlers';

/** The sender must be the main frame of our own page: no sub-frame, no foreign page speaks to main. */
function isTrusted(event: IpcMainInvokeEvent, origins: readonly string[]): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null) return false;
  return origins.some((origin) => frame.url === origin || frame.url.startsWith(`${origin}/`));
}

async function answer<C extends RequestChannel>(channel: C, input: unknown, handlers: Handlers): Promise<Result<Requests[C]['output']>> {
  try {
    const parsed = REQUEST_SCHEMAS[channel].safeParse(input);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new StudioError('invalid-request', `Expected a valid ${issue?.path.join('.') ?? channel} but received: ${issue?.message ?? 'nothing readable'}.`);
    }
    return { ok: true, value: await handlers[channel](parsed.data) };
  } catch (caught) {
    const error = StudioError.fromCaught(caught);
    if (error.code === 'internal') console.error(`[${channel}]`, error.cause ?? error);
    return { ok: false, error: error.toData() };
  }
}

export interface IpcRouter {
  /** Resolves when no request is being worked on. */
  idle(): Promise<void>;
}

/** Registers every channel of the contract: checks sender, parses input, answers an envelope. */
export function registerHandlers(handlers: Handlers, trustedOrigins: readonly string[]): IpcRouter {
  const inWork = new Set<Promise<unknown>>();
  for (const channel of REQUEST_CHANNELS) {
    ipcMain.handle(channel, async (event, input: unknown) => {
      if (!isTrusted(event, trustedOrigins)) {
        return { ok: false, error: new StudioError('invalid-request', 'This page may not speak to the studio.').toData() };
      }
      const work = answer(channel, input, handlers);
      inWork.add(work);
      return work.finally(() => inWork.delete(work));
    });
  }
  return {
    idle: async () => {
      while (inWork.size > 0) await Promise.all(inWork);
    },
  };
}

const DroppedPaths = z.array(z.string().max(4096).refine(isAbsolute)).min(1).max(10_000);

/** The preload's own channel: it alone turns dropped files into paths, and pages have no name for it. */
export function acceptDroppedFiles(choose: (paths: readonly string[]) => Promise<ChosenFiles>, trustedOrigins: readonly string[]): void {
  ipcMain.handle(ACCEPT_FILES, async (event, input: unknown): Promise<Result<ChosenFiles>> => {
    try {
      const paths = isTrusted(event, trustedOrigins) ? DroppedPaths.safeParse(input).data : undefined;
      if (paths === undefined) throw new StudioError('invalid-request', 'Expected files of this machine but received something else: drop files from your file manager.');
      return { ok: true, value: await choose(paths) };
    } catch (caught) {
      return { ok: false, error: StudioError.fromCaught(caught).toData() };
    }
  });
}
