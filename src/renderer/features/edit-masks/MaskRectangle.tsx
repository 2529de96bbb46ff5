import { Button, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import { keyboardBox } from '../../canvas/kernels/document-boxes';
import { useCanvasView, useStudio } from '../../studio-context';
import form from '../../ui/Form.module.css';
import classes from './Masks.module.css';

const FIELDS = ['x', 'y', 'width', 'height'] as const satisfies readonly (keyof Rect)[];

/** A rectangle on the mask without a pointer: by numbers here, by arrow keys on the canvas. */
export function MaskRectangle({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { edit, stores } = useStudio();
  const box = useCanvasView((state) => state.box) ?? keyboardBox(document);
  const add = (mode: 'paint' | 'erase'): void => { edit.maskStep({ kind: 'rectangle', mode, colour: null, rect: box }); };
  return (
    <fieldset className={classes.rectangle}>
      <legend>{t('edit.masks.rectangle')}</legend>
      <div className={form.numbers}>
        {FIELDS.map((field) => (
          <NumberInput
            key={field}
            label={t(`edit.masks.box.${field}`)}
            value={box[field]}
            min={field === 'x' || field === 'y' ? -document.width : 1}
            max={100_000}
            allowDecimal={false}
            hideControls
            onChange={(next) => { if (typeof next === 'number' && (next >= 1 || field === 'x' || field === 'y')) stores.canvasView.update({ box: { ...box, [field]: next } }); }}
          />
        ))}
      </div>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" onClick={() => { add('paint'); }}>{t('edit.masks.addRectangle')}</Button>
        <Button size="xs" variant="default" onClick={() => { add('erase'); }}>{t('edit.masks.takeRectangle')}</Button>
      </div>
    </fieldset>
  );
}
