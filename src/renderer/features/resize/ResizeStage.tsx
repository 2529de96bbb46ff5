import { Button } from '@mantine/core';
import { IconArrowLeft, IconCheck } from '@tabler/icons-react';
import { useState, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import type { ResizeSettings } from '../../../shared/resize/settings';
import { formatSize } from '../../i18n/format';
import { useVeil } from '../../moderation/use-veil';
import { VeiledImage } from '../../moderation/VeiledImage';
import { assetUrl, pictureUrl } from '../../picture-urls';
import type { OpenPicture } from '../../stores/resize';
import { useGallery, useJobs, useResize, useStudio } from '../../studio-context';
import { FittedFrame } from '../../ui/FittedFrame';
import { CompareFrame } from './CompareFrame';
import { firstRegion } from './kernels';
import { PreviewPane } from './PreviewPane';
import { RegionBox } from './RegionBox';
import classes from './Stage.module.css';

const urlOf = ({ source }: OpenPicture): string => (source.kind === 'gallery' ? pictureUrl(source.imageId) : assetUrl(source.assetId));

/** The finished job's picture, once the gallery has it. */
function useResult(): GalleryImage | null {
  const jobId = useResize((state) => state.jobId);
  const imageId = useJobs((state) => state.jobs.find(({ id }) => id === jobId)?.imageIds[0] ?? null);
  return useGallery((state) => state.images.find(({ id }) => id === imageId) ?? null);
}

function Result({ picture, result }: { readonly picture: OpenPicture; readonly result: GalleryImage }) {
  const { t } = useTranslation();
  const { stores } = useStudio();
  // A blurred picture is not laid bare by comparing it.
  const { isVeiled } = useVeil(result);
  const isComparable = !isVeiled && Math.abs(picture.width / picture.height - result.width / result.height) < 0.01;
  return (
    <>
      <div className={classes.space}>
        <FittedFrame width={result.width} height={result.height} zoom="fit">
          {isComparable ? (
            <CompareFrame
              before={urlOf(picture)}
              after={pictureUrl(result.id)}
              alt={t('resize.run.result')}
              dividerLabel={t('resize.preview.divider')}
              labels={[t('resize.preview.before'), t('resize.preview.after')]}
              aspect={result.width / result.height}
            />
          ) : (
            <VeiledImage image={result} src={pictureUrl(result.id)} alt={t('resize.run.result')} />
          )}
        </FittedFrame>
      </div>
      <div className={classes.bar}>
        <span role="status" className="tabular"><IconCheck size={16} stroke={2} aria-hidden="true" /> <b>{t('resize.run.done', { size: formatSize(result.width, result.height) })}</b> {t('resize.run.saved')}</span>
        <span className={classes.spring} />
        <Button size="xs" variant="default" onClick={() => { stores.resize.started(null); }}>{t('resize.run.again')}</Button>
        <Button size="xs" variant="default" onClick={() => { stores.view.select({ kind: 'image', id: result.id }); stores.view.show('create'); }}>{t('resize.run.show')}</Button>
      </div>
    </>
  );
}

/** The preview of a gallery picture, unless its rules ask for a blur. */
function UnveiledPreview({ image, ...rest }: ComponentProps<typeof PreviewPane> & { readonly image: GalleryImage }) {
  const { isVeiled } = useVeil(image);
  return isVeiled ? null : <PreviewPane {...rest} />;
}

function Source({ picture, settings }: { readonly picture: OpenPicture; readonly settings: ResizeSettings | null }) {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const [region, setRegion] = useState(() => firstRegion(picture));
  return (
    <>
      <div className={classes.panes}>
        <div className={classes.space}>
          <FittedFrame width={picture.width} height={picture.height} zoom="fit">
            {picture.image === null ? <img src={urlOf(picture)} alt={picture.name} draggable={false} /> : <VeiledImage image={picture.image} src={urlOf(picture)} alt={picture.name} />}
            {region !== null && settings?.way.way !== 'extend' && <RegionBox region={region} picture={picture} onMove={setRegion} />}
          </FittedFrame>
        </div>
        {region !== null && (picture.image === null ? <PreviewPane settings={settings} region={region} /> : <UnveiledPreview image={picture.image} settings={settings} region={region} />)}
      </div>
      <div className={classes.bar}>
        <Button size="xs" variant="default" leftSection={<IconArrowLeft size={15} stroke={1.75} aria-hidden="true" />} onClick={() => { resize.close(); }}>{t('resize.open.other')}</Button>
        <span className={classes.name}>{picture.name}</span>
        <span className={classes.spring} />
        <span className="tabular">{formatSize(picture.width, picture.height)}</span>
      </div>
    </>
  );
}

/** The picture with the part that is previewed; after the work the result over the original. */
export function ResizeStage({ picture, settings }: { readonly picture: OpenPicture; readonly settings: ResizeSettings | null }) {
  const { t } = useTranslation();
  const result = useResult();
  return (
    <section className={classes.stage} aria-label={t('resize.run.compare')}>
      {result === null ? <Source key={JSON.stringify(picture.source)} picture={picture} settings={settings} /> : <Result picture={picture} result={result} />}
    </section>
  );
}
