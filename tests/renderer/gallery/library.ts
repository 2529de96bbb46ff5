import type { RequestChannel, Requests } from '../../../src/shared/contract';
import type { GalleryImage } from '../../../src/shared/gallery';
import { StudioError } from '../../../src/shared/errors';
import { ImageId } from '../../../src/shared/ids';
import type { StudioApi } from '../../../src/renderer/studio-api';
import { someImages } from '../setup';

const [SAMPLE] = someImages(1);

/** The picture that stands at `number` in a library that was never changed. */
export function imageNumber(number: number): GalleryImage {
  if (SAMPLE === undefined) throw new Error('a sample picture was expected');
  const id = ImageId.parse(`00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`);
  return { ...SAMPLE, id, fileName: `${String(number)}.png` };
}

export const imageIds = (...numbers: readonly number[]): readonly ImageId[] => numbers.map((number) => imageNumber(number).id);

type Answers = { readonly [C in RequestChannel]?: (input: Requests[C]['input']) => Requests[C]['output'] };

/** A library of numbered pictures behind the channels that the stores ask; searching for a word keeps the numbers with it. */
export class Library implements StudioApi {
  images: readonly GalleryImage[];
  readonly asked: { readonly channel: RequestChannel; readonly input: unknown }[] = [];
  /** While set, answers wait for `release`. */
  isHeld = false;
  #held: (() => void)[] = [];

  constructor(count: number, readonly more: Answers = {}) {
    this.images = Array.from({ length: count }, (_, number) => imageNumber(number));
  }

  #found(text: string): readonly GalleryImage[] {
    return this.images.filter(({ fileName }) => fileName.includes(text));
  }

  #answers(): Answers {
    return {
      'gallery.page': ({ query, offset, limit }) => ({ total: this.#found(query.text).length, images: this.#found(query.text).slice(offset, offset + limit), revision: 1 }),
      'gallery.ids': ({ query, offset, limit }) => this.#found(query.text).slice(offset, offset + limit).map(({ id }) => id),
      'gallery.aspects': ({ query }) => ({ revision: 1, aspects: new Uint16Array(this.#found(query.text).length).fill(256) }),
      'gallery.neighbours': ({ query, imageId }) => {
        const index = this.#found(query.text).findIndex(({ id }) => id === imageId);
        return { index: index === -1 ? null : index, previous: null, next: null };
      },
      ...this.more,
    };
  }

  async request<C extends RequestChannel>(channel: C, input: Requests[C]['input']): Promise<Requests[C]['output']> {
    this.asked.push({ channel, input });
    if (this.isHeld) await new Promise<void>((resolve) => this.#held.push(resolve));
    const answer = this.#answers()[channel] as ((value: Requests[C]['input']) => Requests[C]['output']) | undefined;
    if (answer === undefined) throw new StudioError('internal', `Nobody answers ${channel}`);
    return answer(input);
  }

  acceptFiles(): Promise<never> {
    return Promise.reject(new StudioError('internal', 'Nobody takes files in'));
  }

  on(): () => void {
    return () => undefined;
  }

  release(): void {
    this.isHeld = false;
    for (const resume of this.#held.splice(0)) resume();
  }

  /** Offsets of the pages that were asked for. */
  offsets(): readonly number[] {
    return this.asked.flatMap(({ channel, input }) => (channel === 'gallery.page' ? [(input as Requests['gallery.page']['input']).offset] : []));
  }
}

/** Lets every answer and every short timer of the stores pass. */
export const quiet = (ms = 200): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });
