/** Numbers, times and sizes as the chosen language writes them. `language` is a tag such as `en` or `nl`. */

/** Seconds as `12 s` or `2 min 5 s`; anything under one second is `1 s`, because "0 s left" is a lie. */
export function formatDuration(seconds: number, language: string): string {
  const whole = Math.max(1, Math.round(seconds));
  const unit = (value: number, name: 'hour' | 'minute' | 'second'): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(value);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  if (hours > 0) return `${unit(hours, 'hour')} ${unit(minutes, 'minute')}`;
  if (minutes > 0) return rest === 0 ? unit(minutes, 'minute') : `${unit(minutes, 'minute')} ${unit(rest, 'second')}`;
  return unit(rest, 'second');
}

/** Measured seconds with one decimal below ten, so that 0.4 s stays 0.4 s. */
export function formatSeconds(seconds: number, language: string): string {
  if (seconds >= 60) return formatDuration(seconds, language);
  const digits = seconds < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short', maximumFractionDigits: digits }).format(seconds);
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Bytes in decimal units, as file managers show them; at most three significant digits. */
export function formatBytes(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  const format = new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[power] ?? 'byte',
    unitDisplay: 'short',
    maximumSignificantDigits: 3,
  });
  return format.format(bytes / 1000 ** power);
}

export const formatNumber = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: 2 }).format(value);

/** Without thousands separators: a seed is a name more than an amount. */
export const formatSeed = (seed: number): string => String(seed);

export const formatPercent = (fraction: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(fraction);

/** @param milliseconds since the epoch */
export const formatDate = (milliseconds: number, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);

export const formatSize = (width: number, height: number): string => `${String(width)} × ${String(height)}`;
