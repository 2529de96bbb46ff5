import { Button, Modal } from '@mantine/core';
import { IconArrowsLeftRight, IconListDetails, IconPhoto, IconRefresh, IconRepeat } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage, Lineage } from '../../../shared/gallery';
import { RecipeFacts } from '../../recipe/RecipeFacts';
import { ForeignFacts } from '../../recipe/ForeignFacts';
import { nameOf } from '../../recipe/picture-name';
import { useStudio } from '../../studio-context';
import classes from './Lineage.module.css';
import { LineageGraph } from './LineageGraph';
import { useLineage } from './use-lineage';

const icon = { size: 16, stroke: 1.6, 'aria-hidden': true } as const;

/** What can be done with the picture one stands on, and what it was made of. */
function Beside({ image, lineage }: { image: GalleryImage; lineage: Lineage }) {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const { view } = stores.browser;
  const parentIds = lineage.edges.filter(({ childId }) => childId === image.id).map(({ parentId }) => parentId);
  const parent = lineage.nodes.find(({ id }) => id === parentIds[0]);
  return (
    <div className={classes.beside} tabIndex={0}>
      <h3 className={classes.name}>{nameOf(image)}</h3>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" leftSection={<IconPhoto {...icon} />} onClick={() => { browse.goTo(image.id); }}>{t('gallery.lineage.goTo')}</Button>
        {parent !== undefined && (
          <>
            <Button size="xs" variant="default" leftSection={<IconListDetails {...icon} />} onClick={() => { view.open({ kind: 'changes', before: parent, after: image }); }}>{t('gallery.lineage.changes')}</Button>
            <Button size="xs" variant="default" leftSection={<IconArrowsLeftRight {...icon} />} onClick={() => { view.open({ kind: 'compare', images: [parent, image] }); }}>{t('gallery.lineage.compare')}</Button>
          </>
        )}
        {image.recipe !== null && (
          <>
            <Button size="xs" variant="default" leftSection={<IconRefresh {...icon} />} onClick={() => { view.open({ kind: 'replay', image }); }}>{t('gallery.actions.replay')}</Button>
            <Button size="xs" variant="default" leftSection={<IconRepeat {...icon} />} onClick={() => { browse.reproduce(image); }}>{t('gallery.actions.reproduce')}</Button>
          </>
        )}
      </div>
      {image.foreign === null ? <RecipeFacts image={image} /> : <ForeignFacts settings={image.foreign} />}
    </div>
  );
}

/** Where a picture comes from and what was made of it, as a graph one can walk. */
export function LineageDialog({ image, onClose }: { image: GalleryImage; onClose(): void }) {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const lineage = useLineage(image.id);
  const [current, setCurrent] = useState(image.id);
  const shown = lineage?.nodes.find(({ id }) => id === current) ?? image;
  return (
    <Modal opened onClose={onClose} title={t('gallery.lineage.title')} size="72rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
      {lineage !== null && (
        <>
          {lineage.nodes.length <= 1 && <p className={classes.lead}>{t('gallery.lineage.alone')}</p>}
          {lineage.missing.length > 0 && <p className={classes.lead}>{t('gallery.lineage.missing', { count: lineage.missing.length })}</p>}
          {lineage.isCut && <p className={classes.lead}>{t('gallery.lineage.cut')}</p>}
          <div className={classes.walk}>
            <LineageGraph lineage={lineage} current={current} onWalk={setCurrent} onOpen={browse.goTo} />
            <Beside image={shown} lineage={lineage} />
          </div>
        </>
      )}
    </Modal>
  );
}
