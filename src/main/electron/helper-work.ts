import type { FilePort } from '../app/studio-dependencies';
import type { ModelDescription, UpscalerDescription } from '../engine/engine';
import type { Calls } from '../engine-protocol';
import type { EngineClient } from '../engine-client/engine-client';

/** The short work that the helper process does, as the ports that the application asks for. */
export interface HelperWork {
  readonly files: FilePort;
  describe(modelPath: string): Promise<ModelDescription>;
  describeUpscaler(path: string): Promise<UpscalerDescription>;
  normalise(source: string, target: string): Promise<void>;
  thumbnail(input: Calls['thumbnail']['input']): Promise<Calls['thumbnail']['output']>;
}

export const helperWork = (helper: EngineClient): HelperWork => ({
  describe: (modelPath) => helper.call('describe', { modelPath }),
  describeUpscaler: (path) => helper.call('describeUpscaler', { path }),
  normalise: async (source, target) => {
    await helper.call('normalise', { source, target });
  },
  thumbnail: (input) => helper.call('thumbnail', input),
  files: {
    convert: async (source, target, format) => {
      await helper.call('convert', { source, target, format });
    },
    inspectPicture: (path) => helper.call('inspectPicture', { path }),
    measurePicture: (path) => helper.call('measurePicture', { path }),
    previewResize: (input) => helper.call('previewResize', input),
    cancelPreview: async (previewId) => {
      await helper.call('cancelPreview', { previewId });
    },
    look: async (source) => (await helper.call('look', { source })).look,
    compare: (input) => helper.call('comparePictures', input),
    openExport: async (input) => {
      await helper.call('openExport', input);
    },
    addToExport: async (input) => {
      await helper.call('addToExport', input);
    },
    closeExport: async (input) => {
      await helper.call('closeExport', input);
    },
    packDocument: async (input) => {
      await helper.call('packDocument', input);
    },
    unpackDocument: (input) => helper.call('unpackDocument', input),
  },
});
