/** The page that bench/canvas.mjs drives: the real canvas controller on a made document, with the edit loop around it. */
import { CanvasController } from '../src/renderer/canvas/canvas-controller';
import { CanvasSources } from '../src/renderer/canvas/canvas-sources';
import { DEFAULT_VIEW, type CanvasCallbacks, type CanvasView } from '../src/renderer/canvas/canvas-view';
import { addStep, setFrame } from '../src/renderer/canvas/edits/document-edits';
import { addSketch } from '../src/renderer/canvas/edits/layer-edits';
import { newDocument } from '../src/renderer/canvas/edits/new-document';
import { applyEdit, EMPTY_HISTORY, redo, undo, type Edited } from '../src/renderer/canvas/kernels/history';
import { rasteriseMasks, rasterisePicture } from '../src/renderer/canvas/rasterise';
import { AssetId, DocumentId } from '../src/shared/ids';

async function madePicture(side: number): Promise<string> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const wash = context.createLinearGradient(0, 0, side, side);
  wash.addColorStop(0, '#f2b880');
  wash.addColorStop(1, '#2a4d69');
  context.fillStyle = wash;
  context.fillRect(0, 0, side, side);
  context.strokeStyle = '#ffffff';
  context.lineWidth = side / 200;
  for (let i = 1; i < 10; i++) {
    context.beginPath();
    context.arc(side / 2, side / 2, (i * side) / 20, 0, 2 * Math.PI);
    context.stroke();
  }
  return URL.createObjectURL(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }));
}

class Harness {
  readonly picture: string;
  readonly sources: CanvasSources;
  readonly controller: CanvasController;
  readonly told: string[] = [];
  edited: Edited;
  view: CanvasView;

  constructor(container: HTMLDivElement, picture: string, side: number) {
    this.picture = picture;
    this.sources = new CanvasSources(() => picture);
    const id = DocumentId.parse('00000000-0000-4000-8000-000000000000');
    const assetId = AssetId.parse('0'.repeat(64));
    const document = newDocument({
      id,
      name: 'bench',
      width: side,
      height: side,
      picture: { assetId, imageId: null, layerId: 'base', layerName: 'Picture' },
      mask: { id: 'mask', name: 'Mask', colour: '#e03131' },
    });
    this.edited = applyEdit(
      { document, history: EMPTY_HISTORY },
      'sketch',
      addSketch({ id: 'sketch', name: 'Sketch' }),
    );
    this.view = { ...DEFAULT_VIEW, target: { kind: 'mask', id: 'mask' } };
    this.controller = new CanvasController(
      container,
      { sources: this.sources, callbacks: this.#callbacks() },
      { document: this.edited.document, view: this.view },
    );
  }

  #callbacks(): CanvasCallbacks {
    const note = (name: string) => (value: unknown) =>
      void this.told.push(`${name} ${JSON.stringify(value)}`);
    return {
      onStep: (target, step) => {
        this.edit(applyEdit(this.edited, step.kind, addStep(target, step)));
      },
      onFrameChange: (rect) => {
        this.edit(applyEdit(this.edited, 'frame', setFrame(rect)));
      },
      onBrushChange: (brush) => {
        this.look({ brush });
      },
      onDividerChange: (divider) => {
        this.look({ divider });
      },
      onFramePreview: () => undefined,
      onViewportChange: () => undefined,
      onPointer: () => undefined,
      onPickColour: note('colour'),
      onChangedMeasured: note('changed'),
      onProblem: (problem) => void this.told.push(`problem ${problem.message}`),
    };
  }

  edit(edited: Edited): void {
    this.edited = edited;
    this.controller.update(this.edited.document, this.view);
  }

  look(change: Partial<CanvasView>): void {
    this.view = { ...this.view, ...change };
    this.controller.update(this.edited.document, this.view);
  }

  undo(): void {
    this.edit(undo(this.edited));
  }

  redo(): void {
    this.edit(redo(this.edited));
  }

  async mask(): Promise<{ fraction: number; pixels: number }> {
    const { document } = this.edited;
    return (
      await rasteriseMasks(
        document,
        { x: 0, y: 0, width: document.width, height: document.height },
        { sources: this.sources, options: { feather: false } },
      )
    ).coverage;
  }

  /** Pixels of a region that differ between the picture and what would be sent; 0 when nothing was painted over. */
  async differs(x: number, y: number, side: number): Promise<number> {
    const { png } = await rasterisePicture(
      this.edited.document,
      { x, y, width: side, height: side },
      this.sources,
    );
    const pixels = (source: ImageBitmap, at: number, top: number): Uint8ClampedArray => {
      const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
      context?.drawImage(source, -at, -top);
      return context?.getImageData(0, 0, side, side).data ?? new Uint8ClampedArray();
    };
    const original = await createImageBitmap(await (await fetch(this.picture)).blob());
    const [a, b] = [pixels(original, x, y), pixels(await createImageBitmap(png), 0, 0)];
    return a.reduce((count, value, i) => count + (value === b[i] ? 0 : 1), 0);
  }

  get kept(): { steps: number; entries: number; journalBytes: number } {
    return {
      steps: this.edited.document.masks[0]?.steps.length ?? 0,
      entries: this.edited.history.undo.length,
      journalBytes: this.sources.raster('mask')?.journalBytes ?? 0,
    };
  }
}

interface Times {
  readonly handled: number[];
  readonly painted: number[];
  readonly lifted: number[];
  readonly liftPainted: number[];
}

/** Times of each pointer event: how long the handlers ran, and until the frame that shows them was handed over. */
function measure(event: 'pointermove' | 'pointerup', handled: number[], painted: number[]): void {
  let start = 0;
  window.addEventListener(event, () => (start = performance.now()), { capture: true });
  window.addEventListener(event, () => {
    const from = start;
    handled.push(performance.now() - from);
    requestAnimationFrame(() => {
      // A message sent from a frame callback arrives after that frame's paint.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        painted.push(performance.now() - from);
        channel.port1.close();
      };
      channel.port2.postMessage(null);
    });
  });
}

const times: Times = { handled: [], painted: [], lifted: [], liftPainted: [] };
measure('pointermove', times.handled, times.painted);
measure('pointerup', times.lifted, times.liftPainted);

const side = Number(new URLSearchParams(location.search).get('side') ?? 4096);
const container = document.querySelector<HTMLDivElement>('#canvas');
if (container === null) throw new Error('The page has no #canvas.');
const picture = await madePicture(side);
Object.assign(window, { harness: new Harness(container, picture, side), times });
