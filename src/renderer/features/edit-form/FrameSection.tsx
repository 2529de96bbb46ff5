import { Button, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument, Rect } from '../../../shared/canvas-document';
import { sameRect } from '../../canvas/kernels/geometry';
import { editProblemText } from '../../i18n/edit-problem-text';
import { formatSize } from '../../i18n/format';
import { useEditForm } from '../../studio-context';
import { Section } from '../../ui/Section';
import { useEditSettings } from './use-edit-settings';
import form from '../../ui/Form.module.css';

const FIELDS = ['x', 'y', 'width', 'height'] as const satisfies readonly (keyof Rect)[];

/** The region that is sent to the model, by numbers; the frame tool moves it by hand. */
export function FrameSection({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { moveFrame } = useEditSettings();
  const { frame } = document;
  const all: Rect = { x: 0, y: 0, width: document.width, height: document.height };
  const problem = editProblemText(t, useEditForm((state) => state.problems.frame));

  return (
    <Section title={t('edit.frame.section')} summary={formatSize(frame.width, frame.height)} isOpenAtFirst={false} hasProblem={problem !== null}>
      <p className={form.note}>{t('edit.frame.hint')}</p>
      <div className={form.numbers}>
        {FIELDS.map((field) => (
          <NumberInput
            key={field}
            label={t(`edit.masks.box.${field}`)}
            value={frame[field]}
            max={32_768}
            min={field === 'x' || field === 'y' ? -32_768 : 1}
            allowDecimal={false}
            hideControls
            error={problem !== null && (field === 'width' || field === 'height')}
            onChange={(next) => { if (typeof next === 'number' && (next >= 1 || field === 'x' || field === 'y')) moveFrame({ ...frame, [field]: next }); }}
          />
        ))}
      </div>
      <Button size="xs" variant="default" disabled={sameRect(frame, all)} onClick={() => { moveFrame(all); }}>{t('edit.frame.whole')}</Button>
    </Section>
  );
}
