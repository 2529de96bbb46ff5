import { Menu } from '@mantine/core';
import { IconDots, type Icon } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImageId } from '../../../shared/ids';
import { formatNumber } from '../../i18n/format';
import { thumbnailUrl } from '../../picture-urls';
import { useLanguage, useStudio } from '../../studio-context';
import { LoadedImage } from '../../ui/LoadedImage';
import classes from './Boards.module.css';

export interface SidebarEntryProps {
  readonly text: string;
  readonly icon: Icon;
  readonly coverId?: ImageId | null;
  readonly count?: number | undefined;
  readonly isCurrent: boolean;
  /** Items of the entry's own menu. */
  readonly menu?: ReactNode;
  /** Takes pictures that are dragged here. */
  readonly onDropPictures?: ((imageIds: readonly ImageId[]) => void) | undefined;
  onOpen(): void;
}

/** One place of the library. */
export function SidebarEntry({ text, icon: Glyph, coverId = null, count, isCurrent, menu, onDropPictures, onOpen }: SidebarEntryProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { view } = useStudio().stores.browser;
  const [isOver, setOver] = useState(false);
  const takes = (): boolean => onDropPictures !== undefined && view.getState().dragged.length > 0;
  return (
    <li
      className={classes.entry}
      data-current={isCurrent}
      data-over={isOver}
      onDragOver={(event) => {
        if (!takes()) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => { setOver(false); }}
      onDrop={(event) => {
        setOver(false);
        const { dragged } = view.getState();
        if (!takes()) return;
        event.preventDefault();
        event.stopPropagation();
        view.drag([]);
        onDropPictures?.(dragged);
      }}
    >
      <button type="button" className={classes.open} aria-current={isCurrent ? 'true' : undefined} onClick={onOpen}>
        {coverId === null ? <Glyph size={17} stroke={1.6} aria-hidden="true" /> : <LoadedImage className={classes.cover} src={thumbnailUrl(coverId, 128)} alt="" />}
        <span className={classes.text}>{text}</span>
        {count !== undefined && <span className={`${classes.count ?? ''} tabular`}>{formatNumber(count, language)}</span>}
      </button>
      {menu !== undefined && (
        <Menu position="bottom-start" width={200}>
          <Menu.Target>
            <button type="button" className={classes.more} aria-label={t('gallery.boards.menu', { name: text })}>
              <IconDots size={16} stroke={1.75} aria-hidden="true" />
            </button>
          </Menu.Target>
          <Menu.Dropdown>{menu}</Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
