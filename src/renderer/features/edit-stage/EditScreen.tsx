import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { useCanvas } from '../../studio-context';
import { DocumentsHome } from '../edit-documents/DocumentsHome';
import { DocumentBar } from '../edit-documents/DocumentBar';
import { DropZones } from '../edit-documents/DropZones';
import { EditForm } from '../edit-form/EditForm';
import { StagingStrip } from '../edit-staging/StagingStrip';
import { ToolOptions } from '../edit-tools/ToolOptions';
import { ToolsBar } from '../edit-tools/ToolsBar';
import { BeginHint } from './BeginHint';
import { CanvasHost } from './CanvasHost';
import { ViewBar } from './ViewBar';
import { useCandidate } from './use-canvas-view';
import { useEditShortcuts } from './use-edit-shortcuts';
import { useMaskFacts } from './use-mask-facts';
import classes from './EditScreen.module.css';

function TopBar({ document }: { document: CanvasDocument }) {
  const isChoosing = useCandidate(document.id) !== null;
  return (
    <div className={classes.top}>
      <DocumentBar document={document} />
      <ToolOptions isChoosing={isChoosing} />
    </div>
  );
}

/** The canvas between its tools and its form; without a document, a place to open one. */
export function EditScreen() {
  const { t } = useTranslation();
  const document = useCanvas((state) => state.edited?.document ?? null);
  const isLoaded = useCanvas((state) => state.isLoaded);
  const facts = useMaskFacts(document);
  useEditShortcuts();

  return (
    <DropZones hasDocument={document !== null}>
      {document === null ? (
        isLoaded && <DocumentsHome />
      ) : (
        <div className={classes.edit}>
          <h1 className="visually-hidden">{t('rail.edit')}</h1>
          <TopBar document={document} />
          <ToolsBar />
          <CanvasHost document={document} bounds={facts.bounds} />
          <BeginHint document={document} />
          <StagingStrip document={document} />
          <ViewBar document={document} coverage={facts.coverage} />
          <EditForm document={document} />
        </div>
      )}
    </DropZones>
  );
}
