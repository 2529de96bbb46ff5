import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseNotice } from '../../src/renderer/features/about/parse-notice';

describe('a notice', () => {
  it('is split into headings, paragraphs and tables', () => {
    expect(parseNotice('# Title\n\nOne line of `code`\n1. and\n\n## Next\nA paragraph that is broken because its line is as wide as it is\ngoes on.\n\n| a | b |\n|---|---|\n| x \\| y | **z** |\n')).toEqual([
      { kind: 'heading', text: 'Title' },
      { kind: 'paragraph', text: 'One line of code\n1. and' },
      { kind: 'heading', text: 'Next' },
      { kind: 'paragraph', text: 'A paragraph that is broken because its line is as wide as it is goes on.' },
      { kind: 'table', head: ['a', 'b'], rows: [['x | y', 'z']] },
    ]);
  });

  it('of the program has one row for every library', () => {
    const text = readFileSync('NOTICE.md', 'utf8');
    const table = parseNotice(text).find((block) => block.kind === 'table');
    expect(table?.kind === 'table' && table.rows.length).toBe(text.split('\n').filter((line) => line.startsWith('| ')).length - 1);
  });

  it('that is empty shows nothing', () => {
    expect(parseNotice('\n \n')).toEqual([]);
  });
});
