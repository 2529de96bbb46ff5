import { Button, SegmentedControl } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choiceOf, PICTURE_ACTIONS, PICTURE_RULES, PROMPT_ACTIONS, type ModerationChoice } from '../../../shared/moderation/moderation';
import { useSettings, useStudio } from '../../studio-context';
import { SettingGroup, SettingHint, SettingRow } from '../../ui/Setting';
import classes from './Moderation.module.css';
import { ThresholdSlider } from './ThresholdSlider';
import { WordList } from './WordList';

/** The two checks: what they do for this profile, from how sure on, the word list, and what they miss. */
export function ModerationSettings() {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const moderation = useSettings((state) => state.moderation);
  const profile = useSettings((state) => state.userProfile);
  const [isListOpen, setListOpen] = useState(false);
  const ids = { prompt: useId(), picture: useId(), list: useId(), thresholds: useId() };
  const choice = choiceOf(moderation, profile);
  const change = (patch: Partial<ModerationChoice>): void => {
    commands.changeSettings({ moderation: { ...moderation, choices: { ...moderation.choices, [profile]: { ...choice, ...patch } } } });
  };

  return (
    <SettingGroup title={t('moderation.title')}>
      <SettingHint>{t('moderation.lead')} {t('moderation.keptFor', { profile: t(`licences.profile.${profile}`) })}</SettingHint>
      <SettingRow name={t('moderation.prompt')} labelId={ids.prompt}>
        <SegmentedControl
          aria-labelledby={ids.prompt}
          size="sm"
          data={PROMPT_ACTIONS.map((value) => ({ value, label: t(`moderation.promptActions.${value}`) }))}
          value={choice.prompt}
          onChange={(prompt) => { change({ prompt }); }}
        />
      </SettingRow>
      <SettingRow name={t('moderation.list')} labelId={ids.list} isTall={isListOpen}>
        {isListOpen ? (
          <WordList onDone={() => { setListOpen(false); }} />
        ) : (
          <span className={classes.list}>
            {t(moderation.rules === null ? 'moderation.listOwn' : 'moderation.listYours')}
            <Button size="xs" variant="default" onClick={() => { setListOpen(true); }}>
              {t('moderation.edit')}
            </Button>
          </span>
        )}
      </SettingRow>
      <SettingRow name={t('moderation.picture')} labelId={ids.picture}>
        <SegmentedControl
          aria-labelledby={ids.picture}
          size="sm"
          data={PICTURE_ACTIONS.map((value) => ({ value, label: t(`moderation.pictureActions.${value}`) }))}
          value={choice.picture}
          onChange={(picture) => { change({ picture }); }}
        />
      </SettingRow>
      {choice.picture !== 'off' && (
        <SettingRow name={t('moderation.thresholds')} labelId={ids.thresholds} isTall>
          <div className={classes.thresholds} role="group" aria-labelledby={ids.thresholds}>
            {PICTURE_RULES.map((rule) => (
              <ThresholdSlider
                // Another profile has limits of its own.
                key={`${profile}-${rule}`}
                label={t(`moderation.pictureRules.${rule}`)}
                share={choice.thresholds[rule]}
                onChange={(share) => { change({ thresholds: { ...choice.thresholds, [rule]: share } }); }}
              />
            ))}
          </div>
        </SettingRow>
      )}
      <SettingHint>{t('moderation.misses')}</SettingHint>
    </SettingGroup>
  );
}
