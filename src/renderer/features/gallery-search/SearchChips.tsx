import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutSpan } from '../../../shared/search/edit-search';
import { parseSearch, type SearchProblem } from '../../../shared/search/parse-search';
import { SEARCH_INPUT } from '../../commands/gallery-runs';
import { useGalleryLibrary, useGalleryWindow, useStudio } from '../../studio-context';
import classes from './Search.module.css';

interface Chip {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly problem: SearchProblem | null;
}

/** Every part of a search that stands for itself: fields, phrases and what is left out; plain words are in the box anyway. */
function chipsOf(text: string): readonly Chip[] {
  const { terms, problems } = parseSearch(text, new Date());
  const filters = terms.filter((term) => term.isNegated || term.kind !== 'words' || term.field !== null || term.values.some(({ isPhrase }) => isPhrase));
  return [...filters.map(({ from, to }) => ({ from, to, problem: null })), ...problems.map((problem) => ({ from: problem.from, to: problem.to, problem }))]
    .sort((a, b) => a.from - b.from)
    .map((chip) => ({ ...chip, text: text.slice(chip.from, chip.to) }));
}

/** Marks a chip's text in the box, so that typing replaces it. */
function edit({ from, to }: Chip): void {
  const input = document.querySelector<HTMLInputElement>(`#${SEARCH_INPUT}`);
  input?.focus();
  input?.setSelectionRange(from, to);
}

function SearchChip({ chip, onRemove }: { chip: Chip; onRemove(): void }) {
  const { t } = useTranslation();
  const { problem, text } = chip;
  const why = problem === null ? undefined : t(`gallery.search.problems.${problem.code}`, { field: problem.field, received: problem.received, expected: problem.expected.slice(0, 12).join(', ') });
  return (
    <li className={classes.chip} data-problem={problem !== null}>
      <button type="button" className={classes.chipText} title={why} aria-label={t('gallery.search.editChip', { text })} onClick={() => { edit(chip); }}>
        {problem !== null && <IconAlertTriangle size={13} stroke={1.75} aria-hidden="true" />}
        {text}
      </button>
      <button type="button" className={classes.chipRemove} aria-label={t('gallery.search.removeChip', { text })} onClick={onRemove}>
        <IconX size={13} stroke={2} aria-hidden="true" />
      </button>
      {why !== undefined && <span className={classes.why}>{why}</span>}
    </li>
  );
}

/** What the shown pictures have in common: the board, the likeness, and the parts of the search. Each can go by itself. */
export function SearchChips() {
  const { t } = useTranslation();
  const { browse, stores } = useStudio();
  const { window } = stores.browser;
  const query = useGalleryWindow((state) => state.query);
  const similar = useGalleryWindow((state) => state.similar);
  const board = useGalleryLibrary((state) => state.boards.find(({ id }) => id === query.boardId));
  const chips = useMemo(() => chipsOf(query.text), [query.text]);

  const named = (text: string, onRemove: () => void) => (
    <li className={classes.chip} data-kind="place">
      <span className={classes.chipText}>{text}</span>
      <button type="button" className={classes.chipRemove} aria-label={t('gallery.search.removeChip', { text })} onClick={onRemove}>
        <IconX size={13} stroke={2} aria-hidden="true" />
      </button>
    </li>
  );
  if (similar === null && board === undefined && chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label={t('gallery.search.filters')}>
      {similar !== null && named(t('gallery.search.similar'), () => { window.show({ ...query }); })}
      {similar === null && board !== undefined && named(board.name, () => { browse.openBoard(null); })}
      {similar === null && chips.map((chip) => <SearchChip key={`${String(chip.from)} ${chip.text}`} chip={chip} onRemove={() => { browse.search(withoutSpan(query.text, chip)); }} />)}
    </ul>
  );
}
