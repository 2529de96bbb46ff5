import { FocusTrap } from '@mantine/core';
import { IconBrush, IconChevronLeft, IconChevronRight, IconInfoCircle, IconPlayerPause, IconPlayerPlay, IconTrash, IconX, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import { formatNumber } from '../../i18n/format';
import { VeiledImage } from '../../moderation/VeiledImage';
import { VeilNote } from '../../moderation/VeilNote';
import { pictureUrl, thumbnailUrl } from '../../picture-urls';
import { ForeignFacts } from '../../recipe/ForeignFacts';
import { nameOf } from '../../recipe/picture-name';
import { RecipeFacts } from '../../recipe/RecipeFacts';
import { Stars } from '../../recipe/Stars';
import { useGallerySelection, useGalleryWindow, useLanguage, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { actualZoom, WHOLE, type Look } from './kernels/look';
import { useSlideshow } from './use-slideshow';
import classes from './Viewer.module.css';
import { ZoomPane } from './ZoomPane';

/** Loads the pictures on both sides, so that the next one is there at once. */
function usePreloaded(index: number): void {
  const { window } = useStudio().stores.browser;
  const pages = useGalleryWindow((state) => state.pages);
  useEffect(() => {
    window.want(Math.max(0, index - 2), index + 2);
    const near = [index + 1, index - 1].map((at) => window.imageAt(at)).filter((image) => image !== null);
    const images = near.map(({ id }) => {
      const image = new Image();
      image.src = pictureUrl(id);
      return image;
    });
    return () => { for (const image of images) image.removeAttribute('src'); };
  }, [index, pages, window]);
}

function Picture({ image, look, onLook }: { image: GalleryImage; look: Look; onLook(look: Look): void }) {
  const { t } = useTranslation();
  const [isMissing, setMissing] = useState(false);
  if (isMissing) return <div className={classes.missing}>{t('stage.missing')}</div>;
  return (
    <>
      <ZoomPane width={image.width} height={image.height} look={look} onLook={onLook}>
        {/* The thumbnail is there at once and stands in until the picture itself is decoded. */}
        <VeiledImage image={image} src={thumbnailUrl(image.id, 512, image.modifiedAt)} alt="" />
        <VeiledImage image={image} src={pictureUrl(image.id)} alt={nameOf(image)} onError={() => { setMissing(true); }} />
      </ZoomPane>
      <VeilNote image={image} />
    </>
  );
}

const RATINGS = { '0': 0, '1': 1, '2': 2, '3': 3, '4': 4, '5': 5 } as const;
const ZOOM_STEP = 1.4;

/** The zoom that shows the picture pixel for pixel in the space above the bar. */
function actualZoomIn(stage: HTMLElement | null, image: GalleryImage | null): number {
  if (stage === null || image === null) return 1;
  return actualZoom(image, { width: stage.clientWidth, height: stage.clientHeight });
}

/** One picture on the whole window. */
export function Viewer({ isSlideshow, onClose }: { isSlideshow: boolean; onClose(): void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { browse, edit, stores } = useStudio();
  const { window, selection } = stores.browser;
  const index = useGallerySelection((state) => state.focusIndex);
  const total = useGalleryWindow((state) => state.total) ?? 0;
  const image = useGalleryWindow(() => window.imageAt(index));
  const [look, setLook] = useState(WHOLE);
  const [isInfo, setInfo] = useState(false);
  const stage = useRef<HTMLDivElement>(null);
  usePreloaded(index);

  const go = useCallback(
    (by: number): boolean => {
      const next = selection.getState().focusIndex + by;
      if (next < 0 || next >= (window.getState().total ?? 0)) return false;
      setLook(WHOLE);
      selection.choose(next);
      return true;
    },
    [selection, window],
  );
  const next = useCallback(() => go(1), [go]);
  const slideshow = useSlideshow({ isStarted: isSlideshow, picture: image?.id, next });
  // The last one may be deleted.
  useEffect(() => { if (total === 0) onClose(); }, [total, onClose]);

  const zoomBy = (factor: number): void => { setLook((before) => ({ ...before, zoom: Math.max(1, before.zoom * factor) })); };
  const toggleZoom = (): void => { setLook(look.zoom === 1 ? { ...WHOLE, zoom: actualZoomIn(stage.current, image) } : WHOLE); };
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => { go(-1); },
    ArrowRight: () => { go(1); },
    Home: () => { go(-index); },
    End: () => { go(total - 1 - index); },
    ' ': onClose,
    Escape: onClose,
    Delete: () => { if (image !== null) browse.trash([image.id]); },
    '+': () => { zoomBy(ZOOM_STEP); },
    '=': () => { zoomBy(ZOOM_STEP); },
    '-': () => { zoomBy(1 / ZOOM_STEP); },
    z: toggleZoom,
    i: () => { setInfo(!isInfo); },
    p: slideshow.toggle,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    // A focused button keeps its own key.
    if (event.key === ' ' && event.target instanceof HTMLButtonElement) return;
    const isRating = (key: string): key is keyof typeof RATINGS => key in RATINGS;
    if (isRating(event.key) && image !== null) browse.mark({ rating: RATINGS[event.key] }, [image.id]);
    else if (keys[event.key] !== undefined) keys[event.key]?.();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <FocusTrap active>
      <div className={classes.viewer} role="dialog" aria-modal="true" aria-label={t('gallery.viewer.label')} tabIndex={-1} onKeyDown={onKeyDown}>
        <FocusTrap.InitialFocus />
        <div ref={stage} className={classes.stage}>{image !== null && <Picture key={image.id} image={image} look={look} onLook={setLook} />}</div>
        {index > 0 && <button type="button" className={classes.side} data-side="left" aria-label={t('gallery.viewer.previous')} onClick={() => { go(-1); }}><IconChevronLeft size={28} stroke={1.5} aria-hidden="true" /></button>}
        {index < total - 1 && <button type="button" className={classes.side} data-side="right" aria-label={t('gallery.viewer.next')} onClick={() => { go(1); }}><IconChevronRight size={28} stroke={1.5} aria-hidden="true" /></button>}
        <div className={classes.bar}>
          <span className={classes.name}>{image === null ? '' : nameOf(image)}</span>
          <span className={`${classes.place ?? ''} tabular`}>{t('gallery.viewer.place', { index: formatNumber(index + 1, language), total: formatNumber(total, language) })}</span>
          {image !== null && <Stars value={image.marks.rating} onChange={(rating) => { browse.mark({ rating }, [image.id]); }} />}
          <span className={classes.spring} />
          <IconButton label={t(look.zoom === 1 ? 'stage.actual' : 'stage.fit')} icon={look.zoom === 1 ? IconZoomIn : IconZoomOut} keys={['Z']} onClick={toggleZoom} />
          <IconButton label={t(slideshow.isRunning ? 'gallery.viewer.pause' : 'gallery.viewer.play')} icon={slideshow.isRunning ? IconPlayerPause : IconPlayerPlay} keys={['P']} onClick={slideshow.toggle} />
          {image !== null && (
            <>
              <IconButton label={t('gallery.actions.edit')} icon={IconBrush} onClick={() => { stores.browser.view.closeAll(); edit.openImage(image); }} />
              <IconButton label={t('gallery.actions.trash')} icon={IconTrash} tone="danger" keys={['Del']} onClick={() => { browse.trash([image.id]); }} />
            </>
          )}
          <IconButton label={t('gallery.viewer.info')} icon={IconInfoCircle} variant={isInfo ? 'light' : 'subtle'} aria-pressed={isInfo} keys={['I']} onClick={() => { setInfo(!isInfo); }} />
          <IconButton label={t('gallery.close')} icon={IconX} keys={['Esc']} onClick={onClose} />
        </div>
        {isInfo && image !== null && (
          <section className={classes.info} aria-label={t('gallery.viewer.info')} tabIndex={0}>
            {image.foreign === null ? <RecipeFacts image={image} /> : <ForeignFacts settings={image.foreign} />}
          </section>
        )}
      </div>
    </FocusTrap>
  );
}
