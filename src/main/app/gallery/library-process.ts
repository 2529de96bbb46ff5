import { StudioError } from '../../../shared/errors';
import { isDamage, putAside } from '../database/open-sqlite';
import { openLibrary } from './library';
import type { Library } from './library-calls';
import { LIBRARY_FLAG, type LibraryCommand, type LibraryMessage, type LibraryPlaces } from './library-protocol';

/** The program of the library's own process: reading ten thousand files, and questions of a hundred thousand rows, hold up nobody else. */
interface ParentPort {
  postMessage(message: LibraryMessage): void;
  on(event: 'message', listener: (event: { data: LibraryCommand }) => void): void;
}

/** Under Electron's utilityProcess there is a parentPort; under Node's child_process.fork there is process.send. */
function openPort(): { post(message: LibraryMessage): void; onCommand(listener: (command: LibraryCommand) => void): void } {
  const parentPort = 'parentPort' in process ? (process.parentPort as ParentPort | undefined) : undefined;
  if (parentPort !== undefined) {
    return {
      post: (message) => parentPort.postMessage(message),
      onCommand: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => process.send?.(message),
    onCommand: (listener) => process.on('message', (message) => listener(message as LibraryCommand)),
  };
}

const port = openPort();

/** The compiler cannot follow that a name and its input belong together. */
const answer = (library: Library, { name, input }: LibraryCommand) => (library[name] as (input: LibraryCommand['input']) => ReturnType<Library[typeof name]>)(input);

function run(): void {
  const flag = process.argv.find((arg) => arg.startsWith(LIBRARY_FLAG)) ?? '';
  // Written by our own client.
  const places = JSON.parse(flag.slice(LIBRARY_FLAG.length)) as LibraryPlaces;
  const { library, problem } = openLibrary({
    ...places,
    isWatching: true,
    onEvent: (event) => port.post({ type: 'event', event }),
    now: () => new Date(),
  });
  port.onCommand((command) => {
    void answer(library, command).then(
      (output) => port.post({ type: 'answered', callId: command.callId, output }),
      (caught: unknown) => {
        // Damage is found where it is read. The index is read from the files again by a new process, which asks this once more.
        if (isDamage(caught)) {
          putAside(places.database, `${places.database}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`);
          process.exit(1);
        }
        port.post({ type: 'refused', callId: command.callId, error: StudioError.fromCaught(caught).toData() });
      },
    );
  });
  port.post({ type: 'ready', problem });
}

try {
  run();
} catch (caught) {
  port.post({ type: 'failed', error: StudioError.fromCaught(caught).toData() });
}
