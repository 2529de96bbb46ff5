import { utilityProcess } from 'electron';
import type { HostEvent } from '../engine-protocol';
import type { StartTransport } from '../engine-client/transport';

/** Starts the engine host in Electron's utilityProcess: Electron's own Node ABI, ended with the app. */
export const utilityTransport =
  (hostPath: string, serviceName: string, args: readonly string[] = []): StartTransport =>
  ({ onEvent, onExit }) => {
    const child = utilityProcess.fork(hostPath, [...args], { serviceName, stdio: 'inherit' });
    child.on('message', (message: HostEvent) => onEvent(message));
    child.on('exit', (code) => onExit(code));
    return {
      post: (command) => child.postMessage(command),
      kill: () => {
        // Electron's kill asks politely (SIGTERM), which a blocked native call does not hear.
        if (child.pid === undefined) child.kill();
        else process.kill(child.pid, 'SIGKILL');
      },
    };
  };
