import { Tooltip } from '@mantine/core';
import { IconKeyboard } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ariaKeys, keyName, keysOf } from '../../commands/shortcuts';
import { SCREENS } from '../../screens';
import { useStudio, useView } from '../../studio-context';
import { Keys } from '../../ui/Keys';
import classes from './Rail.module.css';
import { useSpring } from './use-spring';

export function Rail() {
  const { t } = useTranslation();
  const { stores, isMac } = useStudio();
  const screen = useView((state) => state.screen);
  const spring = useSpring();

  const entry = ({ id, icon: Glyph }: (typeof SCREENS)[number]) => (
    <Tooltip key={id} position="right" label={<Keys isSpoken names={keysOf(id).map((key) => keyName(key, isMac))} />}>
      <button
        type="button"
        className={classes.entry}
        aria-current={screen === id ? 'page' : undefined}
        aria-keyshortcuts={ariaKeys(id, isMac)}
        onClick={() => { stores.view.show(id); }}
        {...spring(() => { stores.view.show(id); })}
      >
        <Glyph size={22} stroke={1.5} aria-hidden="true" />
        <span>{t(`rail.${id}`)}</span>
      </button>
    </Tooltip>
  );

  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      {SCREENS.filter(({ place }) => place === 'top').map(entry)}
      <div className={classes.spring} />
      <Tooltip position="right" label={t('rail.help')}>
        <button type="button" className={classes.entry} aria-label={t('rail.help')} aria-haspopup="dialog" onClick={() => { stores.view.openDialog('help'); }}>
          <IconKeyboard size={20} stroke={1.5} aria-hidden="true" />
        </button>
      </Tooltip>
      {SCREENS.filter(({ place }) => place === 'bottom').map(entry)}
    </nav>
  );
}
