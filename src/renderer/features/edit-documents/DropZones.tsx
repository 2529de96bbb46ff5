import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PictureUse } from '../../commands/edit-documents';
import { useStudio } from '../../studio-context';
import { pictureOf, useFileDrag } from '../../ui/use-file-drag';
import classes from './Documents.module.css';

/** Takes pictures that are dropped or pasted; over an open document one chooses what they become. */
export function DropZones({ hasDocument, children }: { hasDocument: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const { edit } = useStudio();
  const { isOver, events } = useFileDrag({});
  const uses: readonly PictureUse[] = hasDocument ? ['document', 'layer', 'mask'] : ['document'];

  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const file = pictureOf(event.clipboardData);
      if (file === undefined) return;
      event.preventDefault();
      edit.takePicture(file, hasDocument ? 'layer' : 'document');
    };
    window.addEventListener('paste', onPaste);
    return () => { window.removeEventListener('paste', onPaste); };
  }, [edit, hasDocument]);

  return (
    <div className={classes.space} {...events}>
      {children}
      {isOver && (
        <div className={classes.zones}>
          {uses.map((use) => (
            <div
              key={use}
              className={classes.zone}
              onDrop={(event) => {
                const file = pictureOf(event.dataTransfer);
                if (file !== undefined) edit.takePicture(file, use);
              }}
            >
              {t(`edit.documents.drop.${use}`)}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
