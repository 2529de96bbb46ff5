import { SegmentedControl } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Settings } from '../../../shared/settings';
import { useSettings, useStudio } from '../../studio-context';
import { Page } from '../../ui/Page';
import { SettingGroup, SettingHint, SettingRow } from '../../ui/Setting';
import classes from './Settings.module.css';

const THEMES = Settings.shape.theme.options;
const LANGUAGES = Settings.shape.language.options;

function Choices() {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const { theme, language } = useSettings((state) => state);
  const ids = { theme: useId(), language: useId() };

  return (
    <SettingGroup title={t('settings.appearance')}>
      <SettingRow name={t('settings.theme')} labelId={ids.theme}>
        <SegmentedControl
          aria-labelledby={ids.theme}
          size="sm"
          data={THEMES.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
          value={theme}
          onChange={(value) => { commands.changeSettings({ theme: value }); }}
        />
      </SettingRow>
      <SettingRow name={t('settings.language')} labelId={ids.language}>
        <SegmentedControl
          aria-labelledby={ids.language}
          size="sm"
          data={LANGUAGES.map((value) => ({ value, label: t(`settings.languages.${value}`) }))}
          value={language}
          onChange={(value) => { commands.changeSettings({ language: value }); }}
        />
      </SettingRow>
    </SettingGroup>
  );
}

export interface SettingsScreenProps {
  /** Settings of other features, between appearance and folders. */
  readonly sections: ReactNode;
  /** What else belongs under About. */
  readonly about: ReactNode;
}

export function SettingsScreen({ sections, about }: SettingsScreenProps) {
  const { t } = useTranslation();
  const info = useSettings((state) => state.info);
  return (
    <Page title={t('settings.title')}>
      <Choices />
      {sections}
      {info !== null && (
        <>
          <SettingGroup title={t('settings.folders')}>
            <SettingRow name={t('settings.pictures')}>
              <span className={classes.path}>{info.picturesFolder}</span>
            </SettingRow>
            <SettingRow name={t('settings.modelsFolder')}>
              <span className={classes.path}>{info.modelsFolder}</span>
            </SettingRow>
            <SettingHint>{t('settings.foldersHint')}</SettingHint>
          </SettingGroup>
          <SettingGroup title={t('settings.about')}>
            <SettingRow name={t('settings.version')}>
              {t('app.name')} {info.version} · Electron {info.electron}
            </SettingRow>
            {about}
          </SettingGroup>
        </>
      )}
    </Page>
  );
}
