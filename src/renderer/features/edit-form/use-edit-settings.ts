import type { CanvasDocument, EditSettings, Rect } from '../../../shared/canvas-document';
import type { ModelSummary } from '../../../shared/model';
import { setFrame, setSettings } from '../../canvas/edits/document-edits';
import { pickEditModel } from '../../stores/canvas-form';
import { useModels, useStudio } from '../../studio-context';

export interface EditSettingsHandle {
  set(change: Partial<EditSettings>): void;
  moveFrame(rect: Rect): void;
}

/** Changes the form of the open document; a changed field is no longer marked as wrong. */
export function useEditSettings(): EditSettingsHandle {
  const { canvas, editForm } = useStudio().stores;
  return {
    set(change) {
      canvas.adjust(setSettings(change));
      editForm.touched([...Object.keys(change), 'mask', 'frame']);
    },
    moveFrame(rect) {
      canvas.adjust(setFrame(rect));
      editForm.touched(['frame', 'mask']);
    },
  };
}

/** The model the next edit is made with; null when none can repaint. */
export const useEditModel = ({ settings }: CanvasDocument): ModelSummary | null => useModels((state) => pickEditModel(state.models, settings.modelId));
