/** Tokens that no one knows, for the field's message; empty when the pattern is sound. */
export const unknownTokensIn = (pattern: string, known: readonly string[]): readonly string[] =>
  [...pattern.matchAll(/\{([^{}]*)\}/g)].flatMap(([, token = '']) => (known.includes(token) ? [] : [token]));

/** Characters that some system refuses in a name; Windows' device names get an underscore. */
function safeName(name: string): string {
  const clean = name
    .normalize('NFC')
    .replace(/[<>:"/\\|?*\u0000-\u001f]/g, '_')
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, '_')
    .slice(0, 180);
  if (clean === '') return '_';
  return /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(clean) ? `${clean}_` : clean;
}

/** The file name, without extension, that a pattern such as `{name}-{n}` makes; unknown tokens stay as they are written. */
export const fillPattern = (pattern: string, valueOf: (token: string) => string | null): string =>
  safeName(pattern.replace(/\{([^{}]*)\}/g, (whole, token: string) => valueOf(token) ?? whole));

/** Two names that some system holds for one and the same. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

export const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

/** A local date, YYYY-MM-DD. */
export const dayName = (date: Date): string => `${date.getFullYear()}-${padded(date.getMonth() + 1, 2)}-${padded(date.getDate(), 2)}`;
