import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { overhang } from '../../canvas/kernels/frame';
import { useCandidate } from './use-canvas-view';
import classes from './EditScreen.module.css';

/** On an untouched picture: the one thing to do next. Gone with the first stroke. */
export function BeginHint({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const isChoosing = useCandidate(document.id) !== null;
  const isExtending = Object.values(overhang(document.frame, document)).some((added) => added > 0);
  const isPainted = [...document.masks, ...document.layers].some((part) => 'steps' in part && part.steps.length > 0);
  if (isChoosing || (document.settings.intent === 'extend' ? isExtending : isPainted)) return null;
  return <p className={classes.begin}>{t(`edit.begin.${document.settings.intent}`)}</p>;
}
