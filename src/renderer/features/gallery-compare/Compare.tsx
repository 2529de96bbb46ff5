import { FocusTrap, SegmentedControl } from '@mantine/core';
import { IconListDetails, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import { VeiledImage } from '../../moderation/VeiledImage';
import { pictureUrl, thumbnailUrl } from '../../picture-urls';
import { nameOf } from '../../recipe/picture-name';
import { Stars } from '../../recipe/Stars';
import { useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { WHOLE, type Look } from '../gallery-viewer/kernels/look';
import { ZoomPane } from '../gallery-viewer/ZoomPane';
import classes from './Compare.module.css';
import { DifferenceView } from './DifferenceView';
import { SliderView } from './SliderView';

const MODES = ['side', 'slider', 'difference'] as const;
type Mode = (typeof MODES)[number];

interface PaneProps {
  readonly image: GalleryImage;
  readonly look: Look;
  onLook(look: Look): void;
}

function ComparedPane({ image, look, onLook }: PaneProps) {
  const { browse } = useStudio();
  // What was set here shows here; the grid behind hears of it by itself.
  const [rating, setRating] = useState(image.marks.rating);
  return (
    <figure className={classes.compared}>
      <ZoomPane width={image.width} height={image.height} look={look} onLook={onLook}>
        <VeiledImage image={image} src={thumbnailUrl(image.id, 512, image.modifiedAt)} alt="" />
        <VeiledImage image={image} src={pictureUrl(image.id)} alt={nameOf(image)} />
      </ZoomPane>
      <figcaption className={classes.caption}>
        <span>{nameOf(image)}</span>
        <Stars
          value={rating}
          onChange={(next) => {
            setRating(next);
            browse.mark({ rating: next }, [image.id]);
          }}
        />
      </figcaption>
    </figure>
  );
}

function Content({ images, mode, look, onLook }: { images: readonly GalleryImage[]; mode: Mode; look: Look; onLook(look: Look): void }) {
  const [a, b] = images;
  if (mode === 'side' || a === undefined || b === undefined) {
    return (
      <div className={classes.panes} data-count={images.length}>
        {images.map((image) => <ComparedPane key={image.id} image={image} look={look} onLook={onLook} />)}
      </div>
    );
  }
  return mode === 'slider' ? <SliderView a={a} b={b} look={look} onLook={onLook} /> : <DifferenceView a={a} b={b} look={look} onLook={onLook} />;
}

/** Two to four pictures that are looked at together: zooming and moving one moves all. */
export function Compare({ images, onClose }: { images: readonly GalleryImage[]; onClose(): void }) {
  const { t } = useTranslation();
  const { view } = useStudio().stores.browser;
  const [mode, setMode] = useState<Mode>('side');
  const [look, setLook] = useState(WHOLE);
  const [before, after] = images;
  return (
    <FocusTrap active>
      <div
        className={classes.compare}
        role="dialog"
        aria-modal="true"
        aria-label={t('gallery.compare.label')}
        tabIndex={-1}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onClose();
        }}
      >
        <FocusTrap.InitialFocus />
        <header className={classes.bar}>
          <h2>{t('gallery.compare.label')}</h2>
          {images.length === 2 && (
            <SegmentedControl aria-label={t('gallery.compare.mode')} value={mode} data={MODES.map((value) => ({ value, label: t(`gallery.compare.modes.${value}`) }))} onChange={setMode} />
          )}
          <span className={classes.spring} />
          {images.length === 2 && before !== undefined && after !== undefined && (
            <IconButton label={t('gallery.actions.changes')} icon={IconListDetails} onClick={() => { view.open({ kind: 'changes', before, after }); }} />
          )}
          <IconButton label={t('gallery.close')} icon={IconX} keys={['Esc']} onClick={onClose} />
        </header>
        <Content images={images} mode={mode} look={look} onLook={setLook} />
      </div>
    </FocusTrap>
  );
}
