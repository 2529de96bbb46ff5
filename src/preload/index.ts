import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import { ACCEPT_FILES, REQUEST_CHANNELS, TOPICS, type StudioBridge } from '../shared/contract';

// Only declared names pass; the page never sees ipcRenderer, nor an event object.
const requests: ReadonlySet<string> = new Set(REQUEST_CHANNELS);
const topics: ReadonlySet<string> = new Set(TOPICS);

const bridge: StudioBridge = {
  request: (channel, input) =>
    requests.has(channel) ? ipcRenderer.invoke(channel, input) : Promise.reject(new Error(`Unknown channel ${channel}`)),
  // A path is learnt from a real file alone, so a page cannot name one of its own choice.
  acceptFiles: (files) => ipcRenderer.invoke(ACCEPT_FILES, files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== '')),
  on: (topic, listener) => {
    if (!topics.has(topic)) throw new Error(`Unknown topic ${topic}`);
    const forward = (_event: IpcRendererEvent, payload: Parameters<typeof listener>[0]): void => listener(payload);
    ipcRenderer.on(topic, forward);
    return () => ipcRenderer.removeListener(topic, forward);
  },
};

contextBridge.exposeInMainWorld('studio', bridge);
