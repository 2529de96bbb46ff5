import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import { useVeil } from '../../moderation/use-veil';
import veil from '../../moderation/Veil.module.css';
import { VeilNote } from '../../moderation/VeilNote';
import { pictureUrl, thumbnailUrl } from '../../picture-urls';
import { useView } from '../../studio-context';
import { FittedFrame } from '../../ui/FittedFrame';
import { PictureBar } from './PictureBar';
import classes from './Stage.module.css';

export function PictureView({ image }: { image: GalleryImage }) {
  const { t } = useTranslation();
  const zoom = useView((state) => state.zoom);
  const [isMissing, setMissing] = useState(false);
  const { isVeiled } = useVeil(image);
  const prompt = image.recipe?.prompt;
  const alt = prompt === undefined ? t('stage.pictureAltUnknown', { file: image.fileName }) : t('stage.pictureAlt', { prompt });

  return (
    <>
      <div className={classes.space}>
        <FittedFrame width={image.width} height={image.height} zoom={zoom}>
          {isMissing ? (
            <div className={classes.empty}>{t('stage.missing')}</div>
          ) : (
            <div className={veil.frame}>
              <img
                className={`${classes.picture ?? ''} ${isVeiled ? (veil.veiled ?? '') : ''}`}
                // The thumbnail is there at once and stands in until the picture itself is decoded.
                style={{ background: `url("${thumbnailUrl(image.id)}") center / 100% 100% no-repeat` }}
                src={pictureUrl(image.id)}
                alt={alt}
                draggable={false}
                onError={() => { setMissing(true); }}
              />
            </div>
          )}
          <VeilNote image={image} />
        </FittedFrame>
      </div>
      <PictureBar image={image} />
    </>
  );
}
