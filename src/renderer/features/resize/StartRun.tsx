import { Button, NumberInput, Select, TextInput } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileNameOf, unknownTokens } from '../../../shared/resize/name-pattern';
import { IF_EXISTS } from '../../../shared/resize/requests';
import { OUTPUT_FORMATS, type ResizeSettings } from '../../../shared/resize/settings';
import { RESIZE_LIMITS } from '../../../shared/resize/size-target';
import { reportError } from '../../commands/commands';
import { useResizeRuns, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import classes from './Resize.module.css';

const EXAMPLE = { name: 'IMG_2041', scale: 2, width: 2048, height: 1536, model: 'photo', n: 7, total: 100 };
const COUNT_PAUSE_MS = 300;

/** How many results would meet a file of their name; asked anew when what is asked for changes. */
function useConflicts(settings: ResizeSettings | null): { readonly conflicts: number; readonly example: string | null } {
  const { resizeRuns } = useStudio().stores;
  const choiceId = useResizeRuns((state) => state.choice?.choiceId ?? null);
  const output = useResizeRuns((state) => state.output);
  const [asked] = useDebouncedValue({ settings, output, choiceId }, COUNT_PAUSE_MS);
  const [found, setFound] = useState<{ readonly conflicts: number; readonly example: string | null }>({ conflicts: 0, example: null });
  useEffect(() => {
    if (asked.settings === null || asked.choiceId === null || unknownTokens(asked.output.namePattern).length > 0 || asked.output.namePattern === '') return undefined;
    let isWanted = true;
    // The run itself asks again; what cannot be counted now is no reason to hold it up.
    resizeRuns.conflicts(asked.settings).then((answer) => { if (isWanted) setFound(answer); }, () => undefined);
    return () => { isWanted = false; };
  }, [resizeRuns, asked]);
  return found;
}

function OutputFields() {
  const { t } = useTranslation();
  const { resizeRuns } = useStudio().stores;
  const output = useResizeRuns((state) => state.output);
  const unknown = unknownTokens(output.namePattern);
  return (
    <>
      <TextInput
        label={t('resize.many.pattern')}
        value={output.namePattern}
        error={unknown.length > 0 && t('resize.many.unknownToken', { tokens: unknown.join(', ') })}
        description={t('resize.many.example', { name: fileNameOf(output.namePattern, { ...EXAMPLE, date: new Date() }) })}
        onChange={({ currentTarget }) => { resizeRuns.setOutput({ namePattern: currentTarget.value.slice(0, 200) }); }}
      />
      <p className={classes.note}>{t('resize.many.patternHint', { interpolation: { prefix: '[[', suffix: ']]' } })}</p>
      <div className={classes.pair}>
        <Select
          label={t('resize.many.format')}
          data={[{ value: 'same', label: t('resize.many.same') }, ...OUTPUT_FORMATS.map((value) => ({ value, label: value.toUpperCase() }))]}
          value={output.format}
          allowDeselect={false}
          onChange={(value) => { resizeRuns.setOutput({ format: OUTPUT_FORMATS.find((known) => known === value) ?? 'same' }); }}
        />
        <NumberInput
          label={t('resize.many.quality')}
          value={output.quality}
          {...RESIZE_LIMITS.quality}
          allowDecimal={false}
          onChange={(value) => { if (typeof value === 'number') resizeRuns.setOutput({ quality: value }); }}
        />
      </div>
      <Select
        label={t('resize.many.exists')}
        data={IF_EXISTS.map((value) => ({ value, label: t(`resize.many.ifExists.${value}`) }))}
        value={output.ifExists}
        allowDeselect={false}
        onChange={(value) => {
          const ifExists = IF_EXISTS.find((known) => known === value);
          if (ifExists !== undefined) resizeRuns.setOutput({ ifExists });
        }}
      />
    </>
  );
}

/** The chosen files, where results go and what they are called; and the start. */
export function StartRun({ settings }: { readonly settings: ResizeSettings | null }) {
  const { t } = useTranslation();
  const { resizeRuns } = useStudio().stores;
  const choice = useResizeRuns((state) => state.choice);
  const output = useResizeRuns((state) => state.output);
  const { conflicts, example } = useConflicts(settings);
  if (choice === null) return null;
  const guard = (work: Promise<void>): void => { work.catch((caught: unknown) => { reportError({ toasts, t }, caught); }); };
  const isSound = settings !== null && output.namePattern !== '' && unknownTokens(output.namePattern).length === 0;
  const willReplace = conflicts > 0 && output.ifExists === 'overwrite';

  return (
    <div className={classes.footer}>
      <p><b>{t('resize.many.chosen', { count: choice.files, name: choice.name })}</b></p>
      {choice.ignored.length > 0 && <p className={classes.note}>{t('resize.many.ignored', { count: choice.ignored.length, names: choice.ignored.slice(0, 3).join(', ') })}</p>}
      <div className={classes.running}>
        <span className={classes.path} title={choice.outputFolder}>{t('resize.many.output')}: {choice.outputFolder}</span>
        <Button size="compact-xs" variant="subtle" leftSection={<IconFolder size={14} stroke={1.6} aria-hidden="true" />} onClick={() => { guard(resizeRuns.chooseOutput()); }}>{t('resize.many.changeOutput')}</Button>
      </div>
      <OutputFields />
      {conflicts > 0 && <p className={willReplace ? classes.problem : classes.hint}>{t('resize.many.conflicts', { count: conflicts, example })}</p>}
      <div className={classes.running}>
        <Button size="sm" variant="default" onClick={resizeRuns.forgetChoice}>{t('resize.many.forget')}</Button>
        <Button size="sm" disabled={!isSound} {...(willReplace && { color: 'danger' })} onClick={() => { if (settings !== null) guard(resizeRuns.start(settings)); }}>
          {willReplace ? t('resize.many.replace') : t('resize.many.start')}
        </Button>
      </div>
    </div>
  );
}
