import { fork } from 'node:child_process';
import type { HostEvent } from '../engine-protocol';
import type { StartTransport } from './transport';

/** Starts the built host as a plain Node child process: the product's path without Electron, for tests and scripts. */
export const forkTransport =
  (hostPath: string): StartTransport =>
  ({ onEvent, onExit }) => {
    // `advanced` is the structured clone, as between Electron's processes: typed arrays stay typed arrays.
    const child = fork(hostPath, [], { serialization: 'advanced', stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.on('message', (message) => onEvent(message as HostEvent));
    child.on('exit', (code) => onExit(code));
    return {
      post: (command) => {
        if (child.connected) child.send(command);
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
