import { utilityProcess } from 'electron';

interface Listeners<Event> {
  onEvent(event: Event): void;
  /** Called once, when the process has ended for any reason. */
  onExit(code: number | null): void;
}

/**
 * Starts one of our programs in Electron's utilityProcess: Electron's own Node ABI, ended with the app. Both ends are
 * ours and built together, so their message types suffice.
 */
export const utilityTransport =
  (hostPath: string, serviceName: string, args: readonly string[] = []) =>
  <Command, Event>({ onEvent, onExit }: Listeners<Event>) => {
    const child = utilityProcess.fork(hostPath, [...args], { serviceName, stdio: 'inherit' });
    child.on('message', (message: Event) => onEvent(message));
    child.on('exit', (code) => onExit(code));
    return {
      post: (command: Command) => child.postMessage(command),
      kill: () => {
        // Electron's kill asks politely (SIGTERM), which a blocked native call does not hear.
        if (child.pid === undefined) child.kill();
        else process.kill(child.pid, 'SIGKILL');
      },
    };
  };
