import type { ResizePlan, ResizeProblem, SentencePart } from './plan-resize';

const number = (value: number): string => String(Math.round(value * 10) / 10);

function partInWords(part: SentencePart): string {
  switch (part.kind) {
    case 'model':
      return part.scale === 1 ? `cleaned by ${part.name}` : `x${part.scale}${part.passes === 2 ? ' twice' : ''} by ${part.name}`;
    case 'resample': {
      const { percentAcross: across, percentDown: down } = part;
      return `${Math.abs(across - down) < 0.2 ? number(across) : `${number(across)} by ${number(down)}`} % resample`;
    }
    case 'creative':
      return `detail drawn anew in ${part.tiles} ${part.tiles === 1 ? 'tile' : 'tiles'}`;
    case 'crop':
      return `cropped to ${part.size.width} x ${part.size.height}`;
    case 'pad':
      return `padded to ${part.size.width} x ${part.size.height}`;
    case 'extend':
      return 'extended by the model';
    case 'nothing':
      return 'nothing to do';
  }
}

/** "x4 by Illustration, fast, then 93 % resample": English, for the command line and for errors. */
export const planInWords = ({ parts }: Pick<ResizePlan, 'parts'>): string => parts.map(partInWords).join(', then ');

/** One English sentence for a problem, with its remedy. */
export function problemInWords({ code, facts }: ResizeProblem): string {
  switch (code) {
    case 'size-missing':
      return 'Expected a width or a height but received neither.';
    case 'too-large':
      return `Expected at most ${facts['maxSide']} pixels a side and ${facts['maxMegapixels']} megapixels in all: ask for a smaller size.`;
    case 'format-too-small':
      return `A ${facts['format']} file holds at most ${facts['side']} pixels a side: choose PNG or TIFF, or a smaller size.`;
    case 'aspect-needs-frame':
      return 'Another shape needs cropping, padding or extending: choose one of these ways.';
    case 'extend-inside':
      return `Extending needs a frame of at least ${facts['width']} x ${facts['height']}, the size of the picture.`;
    case 'upscaler-missing':
      return 'This upscaler is not in its folder any more: choose another one.';
    case 'disk-full':
      return `This needs ${facts['neededMb']} MB of free disk for its work but ${facts['freeMb']} MB are free: make room first.`;
    case 'model-not-needed':
      return 'The result is no larger than the picture, so no model is run.';
    case 'beyond-model':
      return `The model enlarges ${facts['scale']} times; the rest is resampled.`;
    case 'squeezed':
      return 'The picture gets another aspect: it is stretched.';
    case 'no-alpha':
      return `A ${facts['format']} file holds no transparency: it becomes white.`;
  }
}
