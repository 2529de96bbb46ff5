import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteValue, suggestContext, termText, withoutSpan, withTerm } from '../../../src/shared/search/edit-search';
import { SEARCH_FIELD_NAMES } from '../../../src/shared/search/fields';
import { parseSearch, searchProblemText, type SearchTerm } from '../../../src/shared/search/parse-search';

const NOW = new Date(2026, 10, 24, 12);
const parse = (text: string) => parseSearch(text, NOW);
const bare = (term: SearchTerm | undefined) => {
  if (term === undefined) throw new Error('a term was expected');
  return Object.fromEntries(Object.entries(term).filter(([key]) => key !== 'from' && key !== 'to'));
};
const one = (text: string) => {
  const { terms, problems } = parse(text);
  expect(problems).toEqual([]);
  expect(terms).toHaveLength(1);
  return bare(terms[0]);
};

describe('the search box', () => {
  it('reads the example of the handbook', () => {
    const { terms, problems } = parse('prompt:fox model:sdxl size>1024 rating>=4 date:2026-11 seed:42 has:mask "exact phrase" -negated');
    expect(problems).toEqual([]);
    expect(terms.map(bare)).toEqual([
      { kind: 'words', field: 'prompt', values: [{ text: 'fox', isPhrase: false }], isNegated: false },
      { kind: 'words', field: 'model', values: [{ text: 'sdxl', isPhrase: false }], isNegated: false },
      { kind: 'number', field: 'size', ranges: [{ min: 1024.0005, max: null }], isNegated: false },
      { kind: 'number', field: 'rating', ranges: [{ min: 4, max: null }], isNegated: false },
      { kind: 'number', field: 'date', ranges: [{ min: new Date(2026, 10, 1).getTime(), max: new Date(2026, 11, 1).getTime() - 1 }], isNegated: false },
      { kind: 'number', field: 'seed', ranges: [{ min: 42, max: 42 }], isNegated: false },
      { kind: 'choice', field: 'has', values: ['mask'], isNegated: false },
      { kind: 'words', field: null, values: [{ text: 'exact phrase', isPhrase: true }], isNegated: false },
      { kind: 'words', field: null, values: [{ text: 'negated', isPhrase: false }], isNegated: true },
    ]);
  });

  it('takes alternatives, quoted ones too', () => {
    expect(one('model:"sd xl",flux')).toMatchObject({ values: [{ text: 'sd xl', isPhrase: true }, { text: 'flux', isPhrase: false }] });
    expect(one('-label:red,blue')).toMatchObject({ values: ['red', 'blue'], isNegated: true });
  });

  it('takes spans, units and exact sizes', () => {
    expect(one('steps:10..20')).toMatchObject({ ranges: [{ min: 10, max: 20 }] });
    expect(one('bytes>2mb')).toMatchObject({ ranges: [{ min: 2e6 + 0.0005, max: null }] });
    expect(one('size:512x768')).toMatchObject({ kind: 'exact-size', sizes: [{ width: 512, height: 768 }] });
    expect(one('date:today')).toMatchObject({ ranges: [{ min: new Date(2026, 10, 24).getTime(), max: new Date(2026, 10, 25).getTime() - 1 }] });
    expect(one('date>2026-10')).toMatchObject({ ranges: [{ min: new Date(2026, 10, 1).getTime(), max: null }] });
    expect(one('date:7d')).toMatchObject({ ranges: [{ max: NOW.getTime() }] });
  });

  it('searches what it understands and names the rest in one sentence', () => {
    const { terms, problems } = parse('fox lens:50mm rating:many date:2026-13 label:pink prompt>3');
    expect(terms).toHaveLength(1);
    expect(problems.map(({ code }) => code)).toEqual(['unknown-field', 'not-a-number', 'not-a-date', 'not-a-choice', 'no-comparison']);
    for (const problem of problems) expect(searchProblemText(problem)).toMatch(/^[A-Z].*[.]$/);
  });

  it('says nothing of what is still being typed', () => {
    expect(parse('prompt: -')).toEqual({ terms: [], problems: [] });
    expect(one('"a fox in')).toMatchObject({ values: [{ text: 'a fox in', isPhrase: true }] });
  });

  it('takes any text without throwing, and every term lies where it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('prompt', 'size', ':', '>', '"', '-', ' ', ',', '1', 'x', '..', 'date', '2026'), { maxLength: 20 }).map((parts) => parts.join(''))), (text) => {
        const { terms, problems } = parse(text);
        for (const { from, to } of [...terms, ...problems]) expect(0 <= from && from < to && to <= text.length).toBe(true);
        const caret = Math.floor(text.length / 2);
        const context = suggestContext(text, caret);
        expect(context.from <= context.to && context.to <= text.length).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('editing a search', () => {
  it('writes terms that are read back as they were meant', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        fc.pre(value.replaceAll('"', '').trim() !== '');
        expect(one(termText('model', value))).toMatchObject({ kind: 'words', field: 'model', values: [{ text: quoteValue(value).replaceAll('"', '') }] });
      }),
    );
  });

  it('adds and takes out terms', () => {
    const text = withTerm('fox', termText('model', 'My model', true));
    expect(text).toBe('fox -model:"My model"');
    const chip = parse(text).terms[1];
    if (chip === undefined) throw new Error('a chip was expected');
    expect(withoutSpan(text, chip)).toBe('fox');
  });

  it('tells what is being typed under the caret', () => {
    expect(suggestContext('fox mod', 7)).toEqual({ from: 4, to: 7, field: null, typed: 'mod', isNegated: false });
    expect(suggestContext('-model:sd', 9)).toEqual({ from: 7, to: 9, field: 'model', typed: 'sd', isNegated: true });
    expect(suggestContext('model:sdxl,fl fox', 13)).toEqual({ from: 11, to: 13, field: 'model', typed: 'fl', isNegated: false });
    expect(suggestContext('fox ', 4)).toEqual({ from: 4, to: 4, field: null, typed: '', isNegated: false });
    expect(SEARCH_FIELD_NAMES).toContain('prompt');
  });
});
