import { IconArrowBackUp, IconArrowForwardUp, IconEye, IconEyeOff, IconMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { historyLabels } from '../../canvas/kernels/history';
import { editKeys } from '../../commands/edit-shortcuts';
import { formatPercent, formatSize } from '../../i18n/format';
import { EDIT_LABELS } from '../../stores/canvas';
import { useCanvas, useCanvasView, useLanguage, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './EditScreen.module.css';

/** The words for an undo entry; a document from a later version may hold one that has none here. */
function entryName(t: TFunction, label: string | null): string {
  const known = EDIT_LABELS.find((name) => name === label);
  return known === undefined ? '' : t(`edit.history.${known}`);
}

export interface ViewBarProps {
  readonly document: CanvasDocument;
  readonly coverage: number;
}

/** Under the canvas: the way back, what is covered, and the zoom. */
export function ViewBar({ document, coverage }: ViewBarProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { edit, stores, isMac } = useStudio();
  const history = useCanvas((state) => state.edited?.history);
  const isSaved = useCanvas((state) => state.isSaved);
  const areMasksShown = useCanvasView((state) => state.areMasksShown);
  const scale = useCanvasView((state) => state.scale);
  const last = history === undefined ? { undo: null, redo: null } : historyLabels(history);
  const mask = document.masks.find(({ id }) => id === document.activeMaskId);

  return (
    <div className={classes.bar} role="toolbar" aria-label={t('edit.canvas.view')}>
      <IconButton label={t('edit.history.undo', { what: entryName(t, last.undo) })} icon={IconArrowBackUp} disabled={last.undo === null} {...editKeys('undo', isMac)} onClick={() => { edit.undo(); }} />
      <IconButton label={t('edit.history.redo', { what: entryName(t, last.redo) })} icon={IconArrowForwardUp} disabled={last.redo === null} {...editKeys('redo', isMac)} onClick={() => { edit.redo(); }} />
      <span className={classes.divider} />
      <span className={`${classes.facts ?? ''} tabular`}>
        {formatSize(document.width, document.height)} · {isSaved ? t('edit.canvas.saved') : t('edit.canvas.saving')}
        {mask !== undefined && ' · '}
        <span role="status">{mask !== undefined && t('edit.masks.coverage', { name: mask.name, percent: formatPercent(coverage, language) })}</span>
        {!areMasksShown && ` · ${t('edit.masks.hidden')}`}
      </span>
      <span className={classes.spring} />
      <IconButton
        label={t(areMasksShown ? 'edit.masks.hideAll' : 'edit.masks.showAll')}
        icon={areMasksShown ? IconEye : IconEyeOff}
        {...editKeys('masks', isMac)}
        onClick={() => { stores.canvasView.update({ areMasksShown: !areMasksShown }); }}
      />
      <span className={classes.divider} />
      <IconButton label={t('edit.canvas.zoomOut')} icon={IconMinus} {...editKeys('zoomOut', isMac)} onClick={() => { edit.view.zoomOut(); }} />
      <button type="button" className={`${classes.scale ?? ''} tabular`} aria-label={t('edit.canvas.actual', { percent: formatPercent(scale, language) })} onClick={() => { edit.view.actualSize(); }}>
        {formatPercent(scale, language)}
      </button>
      <IconButton label={t('edit.canvas.zoomIn')} icon={IconPlus} {...editKeys('zoomIn', isMac)} onClick={() => { edit.view.zoomIn(); }} />
      <IconButton label={t('edit.canvas.fit')} icon={IconMaximize} {...editKeys('fit', isMac)} onClick={() => { edit.view.fit(); }} />
    </div>
  );
}
