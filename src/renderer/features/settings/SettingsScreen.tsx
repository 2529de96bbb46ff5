import { SegmentedControl } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Settings } from '../../../shared/settings';
import { useSettings, useStudio } from '../../studio-context';
import { Page } from '../../ui/Page';
import classes from './Settings.module.css';

const THEMES = Settings.shape.theme.options;
const LANGUAGES = Settings.shape.language.options;

function Row({ name, labelId, children }: { name: string; labelId?: string; children: ReactNode }) {
  return (
    <div className={classes.row}>
      <span id={labelId} className={classes.name}>
        {name}
      </span>
      <div className={classes.value}>{children}</div>
    </div>
  );
}

function Choices() {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const { theme, language } = useSettings((state) => state);
  const ids = { theme: useId(), language: useId() };

  return (
    <section className={classes.group}>
      <h2>{t('settings.appearance')}</h2>
      <Row name={t('settings.theme')} labelId={ids.theme}>
        <SegmentedControl
          aria-labelledby={ids.theme}
          size="sm"
          data={THEMES.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          value={theme}
          onChange={(value) => { commands.changeSettings({ theme: value }); }}
        />
      </Row>
      <Row name={t('settings.language')} labelId={ids.language}>
        <SegmentedControl
          aria-labelledby={ids.language}
          size="sm"
          data={LANGUAGES.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
          value={language}
          onChange={(value) => { commands.changeSettings({ language: value }); }}
        />
      </Row>
    </section>
  );
}

export function SettingsScreen() {
  const { t } = useTranslation();
  const info = useSettings((state) => state.info);
  return (
    <Page title={t('settings.title')}>
      <Choices />
      {info !== null && (
        <>
          <section className={classes.group}>
            <h2>{t('settings.folders')}</h2>
            <Row name={t('settings.pictures')}>
              <span className={classes.path}>{info.picturesFolder}</span>
            </Row>
            <Row name={t('settings.modelsFolder')}>
              <span className={classes.path}>{info.modelsFolder}</span>
            </Row>
            <p className={classes.hint}>{t('settings.foldersHint')}</p>
          </section>
          <section className={classes.group}>
            <h2>{t('settings.about')}</h2>
            <Row name={t('settings.version')}>
              {t('app.name')} {info.version} · Electron {info.electron}
            </Row>
          </section>
        </>
      )}
    </Page>
  );
}
