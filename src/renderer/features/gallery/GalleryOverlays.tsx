import type { Overlay } from '../../stores/gallery-view';
import { useGalleryView, useStudio } from '../../studio-context';
import { FoldersDialog } from '../gallery-boards/FoldersDialog';
import { Compare } from '../gallery-compare/Compare';
import { ExportDialog } from '../gallery-export/ExportDialog';
import { ChangesDialog } from '../gallery-lineage/ChangesDialog';
import { LineageDialog } from '../gallery-lineage/LineageDialog';
import { ReplayDialog } from '../gallery-lineage/ReplayDialog';
import { RecallDialog } from '../gallery-recall/RecallDialog';
import { Viewer } from '../gallery-viewer/Viewer';

function Content({ overlay, onClose }: { overlay: Overlay; onClose(): void }) {
  switch (overlay.kind) {
    case 'viewer':
      return <Viewer isSlideshow={overlay.isSlideshow} onClose={onClose} />;
    case 'compare':
      return <Compare images={overlay.images} onClose={onClose} />;
    case 'lineage':
      return <LineageDialog key={overlay.image.id} image={overlay.image} onClose={onClose} />;
    case 'changes':
      return <ChangesDialog before={overlay.before} after={overlay.after} onClose={onClose} />;
    case 'replay':
      return <ReplayDialog image={overlay.image} onClose={onClose} />;
    case 'export':
      return <ExportDialog imageIds={overlay.imageIds} onClose={onClose} />;
    case 'recall':
      return <RecallDialog picture={overlay.dropped} onClose={onClose} />;
    case 'folders':
      return <FoldersDialog onClose={onClose} />;
  }
}

/** What lies over the screens; the focus goes back to the grid where there is one. */
export function GalleryOverlays() {
  const { view } = useStudio().stores.browser;
  const overlay = useGalleryView((state) => state.overlays.at(-1));
  if (overlay === undefined) return null;
  const close = (): void => {
    view.close();
    requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-gallery-grid]')?.focus({ preventScroll: true }));
  };
  return <Content overlay={overlay} onClose={close} />;
}
