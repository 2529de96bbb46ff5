/** A part of a notice as it is shown. Notices are plain Markdown of our own and makers' licence texts, so little of it is known here. */
export type NoticeBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** Emphasis and code marks are left out: a licence reads the same without them. */
const plain = (text: string): string => text.replace(/`([^`]*)`/g, '$1').replace(/\*\*([^*]*)\*\*/g, '$1');

const cellsOf = (line: string): readonly string[] =>
  line.replace(/^\||\|$/g, '').split(/(?<!\\)\|/).map((cell) => plain(cell.replaceAll('\\|', '|').trim()));

const isRule = (line: string): boolean => /^\|[\s:|-]+\|$/.test(line);

/** A line that is nearly full was broken by its width; a short one by its writer. */
const FULL_LINE = 60;

const unwrapped = (lines: readonly string[]): string =>
  lines.reduce((text, line, i) => (i === 0 ? line : `${text}${(lines[i - 1] ?? '').length >= FULL_LINE ? ' ' : '\n'}${line}`), '');

function blockOf(lines: readonly string[]): NoticeBlock {
  const first = lines[0] ?? '';
  const heading = /^#{1,6}\s+(.*)$/.exec(first)?.[1];
  if (heading !== undefined && lines.length === 1) return { kind: 'heading', text: plain(heading) };
  if (first.startsWith('|') && lines[1] !== undefined && isRule(lines[1])) return { kind: 'table', head: cellsOf(first), rows: lines.slice(2).map(cellsOf) };
  return { kind: 'paragraph', text: plain(unwrapped(lines.map((line) => line.trim()))) };
}

/** Splits a notice at its empty lines and headings. */
export function parseNotice(text: string): readonly NoticeBlock[] {
  const apart = text.replace(/\r\n/g, '\n').replace(/^(#{1,6}\s.*)$/gm, '\n$1\n');
  return apart
    .split(/\n[ \t]*\n/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .map(blockOf);
}
