import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../../../shared/gallery';
import { SEARCH_INPUT } from '../../commands/gallery-runs';
import { formatNumber } from '../../i18n/format';
import { useGalleryWindow, useLanguage, useStudio } from '../../studio-context';
import classes from './Search.module.css';
import { SearchHelp } from './SearchHelp';
import { useSuggestions } from './use-suggestions';

/** The search follows the typing after this pause. */
const PAUSE_MS = 160;

/** The text in the box, which runs ahead of the search while one types and follows it otherwise. */
function useSearchText() {
  const { browse } = useStudio();
  const searched = useGalleryWindow((state) => state.query.text);
  const [text, setText] = useState(searched);
  const [followed, setFollowed] = useState(searched);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (followed !== searched) {
    setFollowed(searched);
    setText(searched);
  }
  const search = (next: string): void => {
    clearTimeout(timer.current);
    setFollowed(next);
    browse.search(next);
  };
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  return {
    text,
    search: (next: string): void => {
      setText(next);
      search(next);
    },
    type: (next: string): void => {
      setText(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => { search(next); }, PAUSE_MS);
    },
  };
}

function Option({ option, language }: { option: Suggestion; language: string }) {
  return (
    <span className={classes.option}>
      <span>{option.label}</span>
      {option.count !== null && <span className={`${classes.count ?? ''} tabular`}>{formatNumber(option.count, language)}</span>}
    </span>
  );
}

/** One box for words, fields and phrases, with suggestions while one types. */
export function SearchBox() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { text, search, type } = useSearchText();
  const [caret, setCaret] = useState(0);
  const combobox = useCombobox({ onDropdownClose: () => { combobox.resetSelectedOption(); } });
  const input = useRef<HTMLInputElement>(null);
  const { from, to, options } = useSuggestions(text, caret, combobox.dropdownOpened);

  const accept = (insert: string): void => {
    // The name of a field goes on to its values; a finished term makes room for the next.
    const isFinished = !/[:><=]$/.test(insert);
    const head = `${text.slice(0, from)}${insert}${isFinished ? ' ' : ''}`;
    const next = `${head}${text.slice(to).trimStart()}`;
    search(next);
    setCaret(head.length);
    combobox.resetSelectedOption();
    requestAnimationFrame(() => { input.current?.setSelectionRange(head.length, head.length); });
    if (isFinished) combobox.closeDropdown();
  };

  return (
    <Combobox store={combobox} onOptionSubmit={accept} offset={4} width="target" withinPortal position="bottom-start">
      <Combobox.Target targetType="input" withExpandedAttribute>
        <TextInput
          ref={input}
          id={SEARCH_INPUT}
          className={classes.box}
          size="sm"
          type="search"
          role="combobox"
          aria-label={t('gallery.search.label')}
          placeholder={t('gallery.search.placeholder')}
          value={text}
          maxLength={2000}
          spellCheck={false}
          autoComplete="off"
          leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
          rightSectionWidth={text === '' ? 34 : 62}
          rightSection={
            <span className={classes.tools}>
              {text !== '' && (
                <button type="button" className={classes.tool} aria-label={t('gallery.search.clear')} onClick={() => { search(''); input.current?.focus(); }}>
                  <IconX size={15} stroke={1.75} aria-hidden="true" />
                </button>
              )}
              <SearchHelp onExample={(example) => { search(example); input.current?.focus(); }} />
            </span>
          }
          onChange={({ currentTarget }) => {
            type(currentTarget.value);
            setCaret(currentTarget.selectionStart ?? currentTarget.value.length);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onSelect={({ currentTarget }) => { setCaret(currentTarget.selectionStart ?? 0); }}
          onFocus={() => { combobox.openDropdown(); }}
          onClick={() => { combobox.openDropdown(); }}
          onBlur={() => { combobox.closeDropdown(); }}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !combobox.dropdownOpened && text !== '') search('');
            if (event.key === 'Enter' && combobox.getSelectedOptionIndex() === -1) {
              search(text);
              combobox.closeDropdown();
            }
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={options.length === 0} className={classes.suggestions}>
        <Combobox.Options aria-label={t('gallery.search.suggestions')} mah={320} style={{ overflowY: 'auto' }}>
          {options.map((option) => (
            <Combobox.Option key={option.insert} value={option.insert}>
              <Option option={option} language={language} />
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
