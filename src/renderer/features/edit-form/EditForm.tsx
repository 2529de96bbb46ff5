import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { useEditForm } from '../../studio-context';
import { SidePanel } from '../../ui/SidePanel';
import { LayersSection } from '../edit-layers/LayersSection';
import { MasksSection } from '../edit-masks/MasksSection';
import { AreaSection } from './AreaSection';
import { EditBar } from './EditBar';
import { EditModelSection } from './EditModelSection';
import { FrameSection } from './FrameSection';
import { IntentSection } from './IntentSection';

/** Beside the canvas: what to do, where, and with what. */
export function EditForm({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const failedChecks = useEditForm((state) => state.failedChecks);
  return (
    <SidePanel label={t('edit.form.label')} failedChecks={failedChecks} footer={<EditBar document={document} />}>
      <IntentSection document={document} />
      <MasksSection document={document} />
      <AreaSection document={document} />
      <FrameSection document={document} />
      <EditModelSection document={document} />
      <LayersSection document={document} />
    </SidePanel>
  );
}
