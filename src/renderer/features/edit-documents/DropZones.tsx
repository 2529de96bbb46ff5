import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PictureUse } from '../../commands/edit-documents';
import { useStudio } from '../../studio-context';
import classes from './Documents.module.css';

const hasFiles = (event: { readonly dataTransfer: DataTransfer }): boolean => event.dataTransfer.types.includes('Files');

const pictureOf = (data: DataTransfer | null): File | undefined => [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));

/** Takes pictures that are dropped or pasted; over an open document one chooses what they become. */
export function DropZones({ hasDocument, children }: { hasDocument: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const { edit } = useStudio();
  const [isOver, setOver] = useState(false);
  // Enter and leave come for every element that is crossed.
  const depth = useRef(0);
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

  const leave = (): void => {
    depth.current = 0;
    setOver(false);
  };

  return (
    <div
      className={classes.space}
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      }}
      onDragOver={(event) => { if (hasFiles(event)) event.preventDefault(); }}
      onDrop={(event) => {
        event.preventDefault();
        leave();
      }}
    >
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
