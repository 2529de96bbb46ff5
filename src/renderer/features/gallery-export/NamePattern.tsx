import { TextInput } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPORT_TOKENS, exportName, unknownExportTokens } from '../../../shared/export-name';
import type { ExportPlan, GalleryImage } from '../../../shared/gallery';
import classes from './Export.module.css';

export interface NamePatternProps {
  readonly plan: ExportPlan;
  /** The picture of the example; null when it is not at hand. */
  readonly image: GalleryImage | null;
  /** How many pictures are exported. */
  readonly total: number;
  onChange(pattern: string): void;
}

const EXTENSION = { png: 'png', jpeg: 'jpg', webp: 'webp' } as const;

/** How the files will be called: a pattern with tokens to press, and what it makes of the first picture. */
export function NamePattern({ plan, image, total, onChange }: NamePatternProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const { namePattern: pattern, format } = plan;
  const [unknown] = unknownExportTokens(pattern);
  const insert = (token: string): void => {
    const field = input.current;
    const from = field?.selectionStart ?? pattern.length;
    const to = field?.selectionEnd ?? from;
    onChange(`${pattern.slice(0, from)}{${token}}${pattern.slice(to)}`);
    const caret = from + token.length + 2;
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(caret, caret);
    });
  };
  const extension = image === null ? '' : format === 'original' ? /[^.]*$/.exec(image.fileName)?.[0] : EXTENSION[format];
  return (
    <div>
      <TextInput
        ref={input}
        label={t('gallery.export.name')}
        value={pattern}
        maxLength={200}
        spellCheck={false}
        error={unknown === undefined ? undefined : t('gallery.export.unknownToken', { token: `{${unknown}}` })}
        onChange={({ currentTarget }) => { onChange(currentTarget.value); }}
      />
      <div className={classes.tokens}>
        {EXPORT_TOKENS.map((token) => (
          <button key={token} type="button" className={classes.token} aria-label={t('gallery.export.insert', { token })} onClick={() => { insert(token); }}>
            {`{${token}}`}
          </button>
        ))}
      </div>
      {image !== null && <p className={classes.example}>{t('gallery.export.example', { name: `${exportName(pattern, { image, n: 1, total })}.${extension ?? ''}` })}</p>}
    </div>
  );
}
