import type { SaveFormat } from '../../shared/save-format';
import type { DocumentId } from '../../shared/ids';
import type { GalleryImage } from '../../shared/gallery';
import { setSettings } from '../canvas/edits/document-edits';
import { addSketch } from '../canvas/edits/layer-edits';
import { INTENT_DEFAULTS, type EditIntent } from '../stores/canvas-form';
import type { HandTool } from '../stores/canvas-view';
import { reportError } from './commands';
import { documentOf, type EditDeps } from './edit-deps';
import { flattenLayers, openFile, openImage, saveDocument, saveMask, savePicture, takePicture, type PictureUse } from './edit-documents';
import { generateEdit, moreOfEdit } from './edit-generate';
import { createMaskCommands, type MaskCommands } from './edit-masks';
import { accept, discard } from './edit-staging';
import { createViewCommands, type ViewCommands } from './edit-view';

/** What the Edit screen's buttons and keys do. None of them throws: a failure becomes a toast with one clear sentence. */
export interface EditCommands extends Omit<MaskCommands, 'loadMask'> {
  readonly view: ViewCommands;
  openImage(image: GalleryImage): void;
  openFile(): void;
  openDocument(id: DocumentId): void;
  closeDocument(): void;
  trashDocument(id: DocumentId): void;
  /** Takes a picture file; without an open document it always becomes one. */
  takePicture(file: File, use: PictureUse): void;
  exportDocument(): void;
  exportPicture(format: SaveFormat): void;
  /** The active mask as a grey PNG, white = repaint. */
  exportMask(): void;
  /** Makes the mask active and lets the person choose a picture to add to it. */
  loadMask(id: string): void;
  /** Adds a sketch layer and takes the colour brush. */
  addSketch(): void;
  flatten(): void;
  /** Puts a tool into the hand; the sketch brush makes its layer when there is none. */
  takeTool(tool: HandTool): void;
  /** What is to be done, with the settings that work for it. */
  setIntent(intent: EditIntent): void;
  /** @param count makes so many instead of what the form says, where not all of them fit */
  generate(count?: number): void;
  accept(): void;
  discard(): void;
  more(): void;
  undo(): void;
  redo(): void;
}

export function createEditCommands(deps: EditDeps): EditCommands {
  const { stores, t } = deps;
  const { canvas, canvasView, editForm } = stores;
  const guard = (work: Promise<unknown>): void => {
    work.catch((caught: unknown) => { reportError(deps, caught); });
  };
  const masks = createMaskCommands(deps, (file) => takePicture(deps, file, 'mask'));
  const makeSketch = (): void => {
    const id = crypto.randomUUID();
    canvas.edit('addSketch', addSketch({ id, name: t('edit.layers.sketch') }));
    canvasView.update({ sketchId: id });
  };

  return {
    ...masks,
    view: createViewCommands(deps),
    openImage: (image) => { guard(openImage(deps, image)); },
    openFile: () => { guard(openFile(deps)); },
    openDocument: (id) => { guard(canvas.open(id)); },
    closeDocument: () => { canvas.close(); },
    trashDocument: (id) => { guard(canvas.trash(id)); },
    takePicture: (file, use) => { guard(takePicture(deps, file, use)); },
    exportDocument: () => { guard(saveDocument(deps)); },
    exportPicture: (format) => { guard(savePicture(deps, format)); },
    exportMask: () => { guard(saveMask(deps)); },
    loadMask: (id) => { guard(masks.loadMask(id)); },
    addSketch: () => {
      makeSketch();
      canvasView.take('sketch');
    },
    flatten: () => { guard(flattenLayers(deps)); },
    takeTool: (tool) => {
      if (tool === 'sketch' && documentOf(deps)?.layers.every((layer) => layer.kind !== 'sketch') === true) makeSketch();
      canvasView.take(tool);
    },
    setIntent: (intent) => {
      canvas.adjust(setSettings({ intent, ...INTENT_DEFAULTS[intent] }));
      // Another wish asks for other fields.
      editForm.report({});
    },
    generate: (count) => { guard(generateEdit(deps, count)); },
    accept: () => { guard(accept(deps)); },
    discard: () => { discard(deps); },
    more: () => { guard(moreOfEdit(deps)); },
    undo: () => { canvas.undo(); },
    redo: () => { canvas.redo(); },
  };
}
