import { NumberInput } from '@mantine/core';
import { IconDice5, IconLock, IconLockOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LIMITS } from '../../../shared/limits';
import { formatSeed } from '../../i18n/format';
import { problemText } from '../../i18n/problem-text';
import { drawSeed } from '../../stores/draft';
import { useDraft, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import { Section } from '../../ui/Section';
import form from '../../ui/Form.module.css';

export function SeedSection() {
  const { t } = useTranslation();
  const { draft: store, gallery, view } = useStudio().stores;
  const seed = useDraft((state) => state.draft.seed);
  const problem = useDraft((state) => state.problems.seed);

  /** Locking keeps the seed of the picture on the stage, because that is the one worth keeping. */
  const lock = (): void => {
    const { selection } = view.getState();
    const shown = gallery.getState().images.find((image) => selection?.kind === 'image' && image.id === selection.id);
    store.update({ seed: shown?.recipe?.seed ?? drawSeed() });
  };

  return (
    <Section title={t('seed.section')} summary={seed === null ? t('seed.random') : formatSeed(seed)} hasProblem={problem !== undefined}>
      <div className={form.row}>
        <NumberInput
          aria-label={t('seed.label')}
          placeholder={t('seed.random')}
          value={seed ?? ''}
          min={LIMITS.seed.min}
          max={LIMITS.seed.max}
          clampBehavior="none"
          allowDecimal={false}
          allowNegative={false}
          hideControls
          error={problemText(t, problem)}
          errorProps={{ role: 'alert' }}
          onChange={(next) => { store.update({ seed: typeof next === 'number' ? next : null }); }}
        />
        <IconButton label={t('seed.dice')} icon={IconDice5} onClick={() => { store.update({ seed: drawSeed() }); }} />
        <IconButton
          label={seed === null ? t('seed.lock') : t('seed.unlock')}
          icon={seed === null ? IconLockOpen : IconLock}
          variant={seed === null ? 'subtle' : 'light'}
          onClick={() => { if (seed === null) lock(); else store.update({ seed: null }); }}
        />
      </div>
    </Section>
  );
}
