import type { HostCommand, HostEvent } from '../engine-protocol';

/** One running child process, whatever starts it: Electron's utilityProcess in the product, Node's fork in tests. */
export interface Transport {
  post(command: HostCommand): void;
  kill(): void;
}

export interface TransportListeners {
  onEvent(event: HostEvent): void;
  /** Called once, when the process has ended for any reason. */
  onExit(code: number | null): void;
}

export type StartTransport = (listeners: TransportListeners) => Transport;
