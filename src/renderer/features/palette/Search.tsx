import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { PaletteGroup } from '../../commands/menu-actions';
import { findActions, nextRunnable, paletteActions } from '../../commands/palette';
import { useStudio } from '../../studio-context';
import { Keys } from '../../ui/Keys';
import { PaletteList, optionId } from './PaletteList';
import classes from './Palette.module.css';

const LIST_ID = 'palette-list';
const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 };

/** A text field that leads a list, after the combobox pattern of the WAI-ARIA practices: the focus stays in the field. */
export function Search({ onRun }: { onRun(run: () => void): void }) {
  const { t } = useTranslation();
  const studio = useStudio();
  // As of the moment it opened: a list that changes under the finger runs the wrong thing.
  const [actions] = useState(() => paletteActions(studio, { t, isMac: studio.isMac }));
  const [text, setText] = useState('');
  const groupName = useCallback((group: PaletteGroup): string => t(`palette.groups.${group}`), [t]);
  const found = useMemo(() => findActions(actions, text, groupName), [actions, text, groupName]);
  const [chosen, choose] = useState<string | null>(null);
  // The best hit is what Enter runs until the arrows choose another.
  const active = found.find(({ action }) => action.id === chosen && action.run !== null) ?? found.find(({ action }) => action.run !== null) ?? null;

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const by = STEPS[event.key];
    if (by !== undefined) choose(nextRunnable(found, active, by)?.action.id ?? null);
    else if (event.key === 'Enter' && active?.action.run != null) onRun(active.action.run);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <TextInput
        data-autofocus
        variant="unstyled"
        className={classes.search ?? ''}
        role="combobox"
        aria-label={t('palette.search')}
        aria-expanded
        aria-autocomplete="list"
        aria-controls={LIST_ID}
        aria-activedescendant={active === null ? undefined : optionId(active.action)}
        placeholder={t('palette.placeholder')}
        leftSection={<IconSearch size={18} stroke={1.75} aria-hidden="true" />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          choose(null);
        }}
        onKeyDown={onKeyDown}
      />
      <PaletteList id={LIST_ID} found={found} active={active?.action.id ?? null} isSearch={text.trim() !== ''} groupName={groupName} onChoose={choose} onRun={onRun} />
      <div className={classes.footer}>
        <span role="status">{t('palette.found', { count: found.length })}</span>
        <span className={classes.hints} aria-hidden="true">
          <Keys names={['↑', '↓']} /> {t('palette.hint.choose')}
          <Keys names={['↵']} /> {t('palette.hint.run')}
          <Keys names={['Esc']} /> {t('palette.hint.close')}
        </span>
      </div>
    </>
  );
}
