import { Popover } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Search.module.css';

/** What one may write, by what it is good for; every line can be pressed. */
const EXAMPLES = [
  { id: 'words', text: 'fox snow' },
  { id: 'phrase', text: '"red fox"' },
  { id: 'without', text: 'fox -snow' },
  { id: 'field', text: 'prompt:fox model:draw' },
  { id: 'either', text: 'origin:a1111,comfyui' },
  { id: 'rating', text: 'rating>=4' },
  { id: 'date', text: 'date:7d' },
  { id: 'size', text: 'size>1024' },
  { id: 'label', text: 'label:red' },
  { id: 'has', text: 'has:mask' },
  { id: 'seed', text: 'seed:42' },
] as const;

/** The syntax of the search box in examples. */
export function SearchHelp({ onExample }: { onExample(text: string): void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={440} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <button type="button" className={classes.tool} aria-label={t('gallery.search.help')} onClick={() => { setOpen(!isOpen); }}>
          <IconHelpCircle size={16} stroke={1.6} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.help}>
        <h2 className={classes.helpTitle}>{t('gallery.search.helpTitle')}</h2>
        <ul className={classes.examples}>
          {EXAMPLES.map(({ id, text }) => (
            <li key={id}>
              <button
                type="button"
                className={classes.example}
                onClick={() => {
                  setOpen(false);
                  onExample(text);
                }}
              >
                <code>{text}</code>
                <span>{t(`gallery.search.examples.${id}`)}</span>
              </button>
            </li>
          ))}
        </ul>
        <p className={classes.helpNote}>{t('gallery.search.helpNote')}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
