import type { TFunction } from 'i18next';
import type { ResizePlan, ResizeProblem, SentencePart } from '../../../shared/resize/plan-resize';
import { formatNumber, formatSize } from '../../i18n/format';

const percent = (value: number, language: string): string => formatNumber(Math.round(value * 10) / 10, language);

function partText(t: TFunction, part: SentencePart, language: string): string {
  switch (part.kind) {
    case 'model':
      if (part.scale === 1) return t('resize.plan.cleaned', { name: part.name });
      return t(part.passes === 2 ? 'resize.plan.modelTwice' : 'resize.plan.model', { scale: part.scale, name: part.name });
    case 'resample': {
      const across = percent(part.percentAcross, language);
      const down = percent(part.percentDown, language);
      return Math.abs(part.percentAcross - part.percentDown) < 0.2 ? t('resize.plan.resample', { percent: across }) : t('resize.plan.stretch', { across, down });
    }
    case 'creative':
      return t('resize.plan.creative', { count: part.tiles });
    case 'crop':
    case 'pad':
      return t(`resize.plan.${part.kind}`, { size: formatSize(part.size.width, part.size.height) });
    case 'extend':
    case 'nothing':
      return t(`resize.plan.${part.kind}`);
  }
}

/** "×4 by Illustration, then 93 % resample", in the user's language and with a capital. */
export function planText(t: TFunction, { parts }: Pick<ResizePlan, 'parts'>, language: string): string {
  const [first = '', ...rest] = parts.map((part) => partText(t, part, language));
  const whole = rest.reduce((before, next) => t('resize.plan.then', { first: before, rest: next }), first);
  return whole.charAt(0).toLocaleUpperCase(language) + whole.slice(1);
}

export const resizeProblemText = (t: TFunction, { code, facts }: ResizeProblem): string => t(`resize.problems.${code}`, facts);
