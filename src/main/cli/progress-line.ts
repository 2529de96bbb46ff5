import type { EngineProgress } from '../engine/engine';

export interface ProgressLine {
  show(progress: EngineProgress): void;
  /** Removes the line, so that what follows starts on a clean one. */
  clear(): void;
}

const WORDS: Readonly<Record<EngineProgress['stage'], string>> = {
  loading: 'loading the model',
  encoding: 'reading the prompt',
  denoising: 'step',
  decoding: 'decoding',
  upscaling: 'enlarging',
  saving: 'saving',
};

/** e.g. "picture 2 of 4: step 7 of 20" */
export function progressText({ stage, step, total, imageIndex, imageCount }: EngineProgress): string {
  const picture = imageCount > 1 ? `picture ${imageIndex + 1} of ${imageCount}: ` : '';
  const steps = stage === 'denoising' || total > 1 ? ` ${step} of ${total}` : '';
  return `${picture}${WORDS[stage]}${steps}`;
}

/** One rewritten line on a terminal; one line per change elsewhere, and nothing at all unless asked (`--verbose`). */
export function createProgressLine(stream: NodeJS.WriteStream, isVerbose: boolean): ProgressLine {
  const isTerminal = stream.isTTY;
  let last = '';
  return {
    show: (progress) => {
      const text = progressText(progress);
      if (text === last || !(isTerminal || isVerbose)) return;
      last = text;
      stream.write(isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    clear: () => {
      if (isTerminal && last !== '') stream.write('\r\u001b[K');
      last = '';
    },
  };
}
