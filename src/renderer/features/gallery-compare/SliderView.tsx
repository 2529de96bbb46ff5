import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import { VeiledImage } from '../../moderation/VeiledImage';
import { pictureUrl } from '../../picture-urls';
import { nameOf } from '../../recipe/picture-name';
import type { Look } from '../gallery-viewer/kernels/look';
import { ZoomPane } from '../gallery-viewer/ZoomPane';
import classes from './Compare.module.css';

export interface SliderViewProps {
  readonly a: GalleryImage;
  readonly b: GalleryImage;
  readonly look: Look;
  onLook(look: Look): void;
}

/** One picture over the other, parted by a line that one moves. */
export function SliderView({ a, b, look, onLook }: SliderViewProps) {
  const { t } = useTranslation();
  const [at, setAt] = useState(50);
  return (
    <div className={classes.single}>
      <ZoomPane width={a.width} height={a.height} look={look} onLook={onLook}>
        <VeiledImage image={b} src={pictureUrl(b.id)} alt={nameOf(b)} />
        <VeiledImage image={a} src={pictureUrl(a.id)} alt={nameOf(a)} style={{ clipPath: `inset(0 ${String(100 - at)}% 0 0)` }} />
        <span className={classes.divider} style={{ left: `${String(at)}%` }} />
      </ZoomPane>
      <input className={classes.range} type="range" min={0} max={100} step={0.5} value={at} aria-label={t('gallery.compare.divider')} onChange={({ currentTarget }) => { setAt(Number(currentTarget.value)); }} />
    </div>
  );
}
