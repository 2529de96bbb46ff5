import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage } from '../../../shared/gallery';
import { formatNumber } from '../../i18n/format';
import { pictureUrl } from '../../picture-urls';
import { useLanguage } from '../../studio-context';
import type { Look } from '../gallery-viewer/kernels/look';
import { ZoomPane } from '../gallery-viewer/ZoomPane';
import classes from './Compare.module.css';
import type { DifferenceAnswer, DifferenceQuestion } from './difference-messages';

/** Asks a worker of its own, which ends with the view. */
function useDifference(a: GalleryImage, b: GalleryImage): DifferenceAnswer | null {
  const [answer, setAnswer] = useState<DifferenceAnswer | null>(null);
  useEffect(() => {
    const worker = new Worker(new URL('./difference.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<DifferenceAnswer>) => { setAnswer(data); });
    worker.addEventListener('error', () => { setAnswer({ ok: false }); });
    const question: DifferenceQuestion = { urls: [pictureUrl(a.id), pictureUrl(b.id)], width: a.width, height: a.height };
    worker.postMessage(question);
    return () => { worker.terminate(); };
  }, [a, b]);
  return answer;
}

export interface DifferenceViewProps {
  readonly a: GalleryImage;
  readonly b: GalleryImage;
  readonly look: Look;
  onLook(look: Look): void;
}

/** Where two pictures differ, strengthened: black is the same. */
export function DifferenceView({ a, b, look, onLook }: DifferenceViewProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const answer = useDifference(a, b);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (answer?.ok === true) canvas.current?.getContext('2d')?.drawImage(answer.bitmap, 0, 0);
  }, [answer]);
  const text =
    answer === null
      ? t('gallery.compare.working')
      : !answer.ok
        ? t('stage.missing')
        : answer.largest === 0
          ? t('gallery.compare.same')
          : t('gallery.compare.differs', { share: formatNumber(Math.max(0.01, Math.round(answer.changed * 10_000) / 100), language), largest: formatNumber(answer.largest, language) });
  return (
    <div className={classes.single}>
      <ZoomPane width={a.width} height={a.height} look={look} onLook={onLook}>
        <canvas ref={canvas} width={a.width} height={a.height} role="img" aria-label={t('gallery.compare.differenceAlt')} />
      </ZoomPane>
      <p className={classes.verdict} role="status">{text}</p>
    </div>
  );
}
