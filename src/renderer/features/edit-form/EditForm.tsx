import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { useEditForm } from '../../studio-context';
import { LayersSection } from '../edit-layers/LayersSection';
import { MasksSection } from '../edit-masks/MasksSection';
import { AreaSection } from './AreaSection';
import { EditBar } from './EditBar';
import { EditModelSection } from './EditModelSection';
import { FrameSection } from './FrameSection';
import { IntentSection } from './IntentSection';
import classes from './EditForm.module.css';

/** Beside the canvas: what to do, where, and with what. */
export function EditForm({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const sections = useRef<HTMLDivElement>(null);
  const failedChecks = useEditForm((state) => state.failedChecks);
  useEffect(() => {
    if (failedChecks > 0) sections.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failedChecks]);

  return (
    <aside className={classes.panel} aria-label={t('edit.form.label')}>
      <div ref={sections} className={classes.sections}>
        <IntentSection document={document} />
        <MasksSection document={document} />
        <AreaSection document={document} />
        <FrameSection document={document} />
        <EditModelSection document={document} />
        <LayersSection document={document} />
      </div>
      <div className={classes.footer}>
        <EditBar document={document} />
      </div>
    </aside>
  );
}
