import { IconAdjustmentsUp, IconBrush, IconPhotoSearch, type Icon } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../../studio-context';
import { pictureOf, useFileDrag } from '../../ui/use-file-drag';
import classes from './Recall.module.css';

const USES = [
  { use: 'recall', icon: IconAdjustmentsUp },
  { use: 'similar', icon: IconPhotoSearch },
  { use: 'edit', icon: IconBrush },
] as const;
type Use = (typeof USES)[number]['use'];

function Zone({ use, icon: Glyph, onFile }: { use: Use; icon: Icon; onFile(file: File): void }) {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  return (
    <div
      className={classes.zone}
      data-over={isOver}
      data-use={use}
      onDragEnter={() => { setOver(true); }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        const file = pictureOf(event.dataTransfer);
        if (file !== undefined) onFile(file);
      }}
    >
      <Glyph size={40} stroke={1.2} aria-hidden="true" />
      <span>{t(`gallery.recall.drop.${use}`)}</span>
    </div>
  );
}

/** Takes a picture file that is dropped anywhere on a screen: its settings, pictures like it, or the picture itself. */
export function RecallDrop({ children }: { children: ReactNode }) {
  const { browse, edit, stores } = useStudio();
  const { view } = stores.browser;
  // A drag that began in this window moves pictures that are here already.
  const { isOver, events } = useFileDrag({ isWanted: ({ dataTransfer }) => dataTransfer.types.includes('Files') && view.getState().dragged.length === 0 });
  const take: Readonly<Record<Use, (file: File) => void>> = {
    recall: browse.recallFile,
    similar: browse.showSimilarToFile,
    edit: (file) => { edit.takePicture(file, 'document'); },
  };
  return (
    <div
      className={classes.space}
      // A drag of the system ends without telling; the pointer without a button says so.
      onPointerMove={({ buttons }) => { if (buttons === 0 && view.getState().dragged.length > 0) view.drag([]); }}
      {...events}
    >
      {children}
      {isOver && (
        <div className={classes.zones}>
          {USES.map(({ use, icon }) => <Zone key={use} use={use} icon={icon} onFile={take[use]} />)}
        </div>
      )}
    </div>
  );
}
