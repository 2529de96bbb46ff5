import { GRAPH_CACHE_FLAG, type HostCommand, type HostEvent } from '../engine-protocol';
import type { Engine } from '../engine/engine';
import { runHost, type HostPort } from './host';

/** The part of Electron's `process.parentPort` that is used here; Electron's types stay out of this folder. */
interface ParentPort {
  postMessage(message: HostEvent): void;
  on(event: 'message', listener: (event: { data: HostCommand }) => void): void;
}

/** Under Electron's utilityProcess there is a parentPort; under Node's child_process.fork there is process.send. */
function openPort(): HostPort {
  const parentPort = 'parentPort' in process ? (process.parentPort as ParentPort | undefined) : undefined;
  if (parentPort !== undefined) {
    return {
      post: (event) => parentPort.postMessage(event),
      onCommand: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    };
  }
  process.on('disconnect', () => process.exit(0));
  return {
    post: (event) => process.send?.(event),
    onCommand: (listener) => process.on('message', (message) => listener(message as HostCommand)),
  };
}

/** The folder for graphs made from a model's own, from whoever started this process; without it none are kept. */
const graphCacheFrom = (argv: readonly string[]): string | undefined => argv.find((arg) => arg.startsWith(GRAPH_CACHE_FLAG))?.slice(GRAPH_CACHE_FLAG.length);

async function loadEngine(): Promise<Engine> {
  const [{ createEngine }, { ortRuntime }] = await Promise.all([
    import('../engine/create-engine'),
    import('../engine/runtime/ort'),
  ]);
  const cacheFolder = graphCacheFrom(process.argv);
  const cache = cacheFolder === undefined ? {} : { cacheFolder };
  return createEngine({ runtime: ortRuntime(cache), ...cache });
}

runHost(openPort(), { loadEngine, exit: () => process.exit(0) });
