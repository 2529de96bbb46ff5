import { NumberInput, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { ASPECT_RATIOS, extendSides, overhang, sidesForAspect, type Sides } from '../../canvas/kernels/frame';
import { passesOfFrame } from '../../canvas/kernels/extend-passes';
import { formatSize } from '../../i18n/format';
import { useEditModel, useEditSettings } from './use-edit-settings';
import form from '../../ui/Form.module.css';

const SIDES = ['left', 'top', 'right', 'bottom'] as const satisfies readonly (keyof Sides)[];
const MOST = 4096;

/** How much picture to add: pixels on each side, or a shape. The frame on the canvas shows what will be new. */
export function ExtendFields({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { moveFrame } = useEditSettings();
  const sides = overhang(document.frame, document);
  const isExtending = SIDES.some((side) => sides[side] > 0);
  const extend = (wanted: Sides): void => { moveFrame(extendSides({ x: 0, y: 0, width: document.width, height: document.height }, wanted)); };
  const matching = ASPECT_RATIOS.find(({ ratio }) => {
    const fitting = sidesForAspect(document, ratio);
    return isExtending && SIDES.every((side) => fitting[side] === sides[side]);
  });

  const model = useEditModel(document);
  const passes = model === null ? null : passesOfFrame(document.frame, document, model);

  return (
    <>
      <div className={form.numbers}>
        {SIDES.map((side) => (
          <NumberInput
            key={side}
            label={t(`edit.extend.${side}`)}
            value={sides[side]}
            min={0}
            max={MOST}
            step={64}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            onChange={(next) => { if (typeof next === 'number' && next <= MOST) extend({ ...sides, [side]: next }); }}
          />
        ))}
      </div>
      <div className={form.field}>
        <span className={form.label}>{t('edit.extend.aspect')}</span>
        <Select
          aria-label={t('edit.extend.aspect')}
          placeholder={t('edit.extend.free')}
          data={ASPECT_RATIOS.map(({ label }) => label)}
          value={matching?.label ?? null}
          onChange={(value) => {
            const chosen = ASPECT_RATIOS.find(({ label }) => label === value);
            if (chosen !== undefined) extend(sidesForAspect(document, chosen.ratio));
          }}
        />
      </div>
      <p className={`${form.note ?? ''} tabular`}>
        {isExtending ? t('edit.extend.result', { size: formatSize(document.width + sides.left + sides.right, document.height + sides.top + sides.bottom) }) : t('edit.extend.none')}
        {passes !== null && passes.length > 1 && ` ${t('edit.extend.passes', { count: passes.length })}`}
      </p>
    </>
  );
}
