import { Button, Checkbox, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pickModel } from '../../stores/models';
import type { RecalledPicture } from '../../stores/gallery-view';
import { recalledSettings, type RecalledField, type RecalledSetting } from '../../stores/recalled-draft';
import { useDraft, useModels, useStudio } from '../../studio-context';
import { FactList } from '../../recipe/FactList';
import classes from './Recall.module.css';

function SettingRow({ setting, isOn, onToggle }: { setting: RecalledSetting; isOn: boolean; onToggle(): void }) {
  const { t } = useTranslation();
  const { field, value, patch, note, used } = setting;
  return (
    <li className={classes.setting} data-usable={patch !== null}>
      <Checkbox size="xs" checked={isOn} disabled={patch === null} label={t(`gallery.recall.fields.${field}`)} onChange={onToggle} />
      <div className={classes.value}>
        <span className={classes.told} tabIndex={value.length > 200 ? 0 : undefined}>{value}</span>
        {note !== null && (
          <span className={classes.note}>
            <IconAlertTriangle size={13} stroke={1.75} aria-hidden="true" />
            {t(`gallery.recall.notes.${note}`, { used: used ?? '' })}
          </span>
        )}
      </div>
    </li>
  );
}

/** What a picture tells of how it was made: what will be used, what cannot be, and what is merely shown. */
export function RecallDialog({ picture, onClose }: { picture: RecalledPicture; onClose(): void }) {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const { name, previewUrl, recalled } = picture;
  const wanted = useDraft((state) => state.draft.modelId);
  const model = useModels((state) => pickModel(state.models, recalled.modelId ?? wanted));
  const settings = useMemo(() => recalledSettings(recalled, model), [recalled, model]);
  const [off, setOff] = useState<ReadonlySet<RecalledField>>(new Set());
  const chosen = settings.filter(({ field, patch }) => patch !== null && !off.has(field));
  const unknown = recalled.foreign?.unknown ?? [];
  // Each setting that cannot be used says so itself, in the user's language; main's sentences are for what goes beyond.
  const problems = recalled.problems.slice(settings.filter(({ patch }) => patch === null).length);
  // A dropped file's picture lives as long as the dialog.
  useEffect(() => () => { if (previewUrl.startsWith('blob:')) URL.revokeObjectURL(previewUrl); }, [previewUrl]);

  const toggle = (field: RecalledField): void => {
    setOff((before) => {
      const next = new Set(before);
      if (!next.delete(field)) next.add(field);
      return next;
    });
  };
  return (
    <Modal opened onClose={onClose} title={t('gallery.recall.title')} size="46rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
      <div className={classes.recall}>
        <figure className={classes.picture}>
          <img src={previewUrl} alt={name} />
          <figcaption>
            <span>{name}</span>
            <span>{t('gallery.recall.madeWith', { origin: t(`gallery.origins.${recalled.origin}`) })}</span>
          </figcaption>
        </figure>
        <div className={classes.told}>
          {problems.map((problem) => <p key={problem} className={classes.problem} role="alert">{problem}</p>)}
          {settings.length === 0 ? (
            <p className={classes.lead}>{t('gallery.recall.nothing')}</p>
          ) : (
            <ul className={classes.settings} aria-label={t('gallery.recall.settings')}>
              {settings.map((setting) => (
                <SettingRow key={setting.field} setting={setting} isOn={setting.patch !== null && !off.has(setting.field)} onToggle={() => { toggle(setting.field); }} />
              ))}
            </ul>
          )}
          {unknown.length > 0 && (
            <details className={classes.unknown}>
              <summary>{t('gallery.recall.unknown', { count: unknown.length })}</summary>
              <FactList facts={unknown.map(({ key, value }) => ({ name: key, value, isLong: value.length > 24 }))} />
            </details>
          )}
        </div>
      </div>
      <div className={classes.buttons}>
        <Button size="xs" variant="default" onClick={onClose}>{t('gallery.cancel')}</Button>
        <Button
          size="xs"
          data-autofocus
          disabled={chosen.length === 0}
          onClick={() => { browse.applyRecalled(chosen.reduce((all, { patch }) => ({ ...all, ...patch }), {})); }}
        >
          {t(chosen.length === settings.length ? 'gallery.recall.useAll' : 'gallery.recall.useSome', { count: chosen.length })}
        </Button>
      </div>
    </Modal>
  );
}
