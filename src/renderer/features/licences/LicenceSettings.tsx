import { Select, Switch } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { USER_PROFILES, UserProfile } from '../../../shared/licences/verdict';
import { useSettings, useStudio } from '../../studio-context';
import { SettingGroup, SettingHint, SettingRow } from '../../ui/Setting';
import classes from './Licences.module.css';

/** Who uses the studio, which decides what licences allow. */
export function ProfileSetting() {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const profile = useSettings((state) => state.userProfile);
  const id = useId();
  return (
    <SettingGroup title={t('licences.settings.title')}>
      <SettingRow name={t('licences.settings.profile')} labelId={id}>
        <Select
          className={classes.profile ?? ''}
          size="sm"
          aria-labelledby={id}
          data={USER_PROFILES.map((value) => ({ value, label: t(`licences.profile.${value}`) }))}
          value={profile}
          onChange={(value) => {
            const chosen = UserProfile.safeParse(value);
            if (chosen.success) commands.changeSettings({ userProfile: chosen.data });
          }}
        />
      </SettingRow>
      <SettingHint>{t('licences.settings.hint')}</SettingHint>
    </SettingGroup>
  );
}

/** What finished files say of where they come from. */
export function ProvenanceSettings() {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const provenance = useSettings((state) => state.provenance);
  return (
    <SettingGroup title={t('licences.provenance.title')}>
      <div className={classes.switches}>
        {(['sourceType', 'watermark'] as const).map((key) => (
          <Switch
            key={key}
            size="sm"
            label={t(`licences.provenance.${key}`)}
            description={t(`licences.provenance.${key}Hint`)}
            checked={provenance[key]}
            onChange={(event) => { commands.changeSettings({ provenance: { ...provenance, [key]: event.currentTarget.checked } }); }}
          />
        ))}
      </div>
    </SettingGroup>
  );
}
