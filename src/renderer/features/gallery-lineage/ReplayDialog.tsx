import { Button, Modal, NumberInput, SegmentedControl, Select, Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GalleryImage, ReplayChange } from '../../../shared/gallery';
import type { ModelId } from '../../../shared/ids';
import { LIMITS } from '../../../shared/limits';
import { usableModels } from '../../stores/models';
import { useModels, useStudio } from '../../studio-context';
import classes from './Lineage.module.css';

type SeedChoice = 'new' | 'own' | 'number';

/** What would be made, and what stands in its way; asked anew with every change. */
function usePlan(image: GalleryImage, change: ReplayChange): { readonly steps: number; readonly problems: readonly string[] } | null {
  const { planReplay } = useStudio().browse;
  const [plan, setPlan] = useState<{ readonly steps: number; readonly problems: readonly string[] } | null>(null);
  const { seed, modelId, isBranch } = change;
  useEffect(() => {
    let isLate = false;
    void planReplay(image, { seed, modelId, isBranch }).then((found) => { if (!isLate) setPlan(found); });
    return () => { isLate = true; };
  }, [image, seed, modelId, isBranch, planReplay]);
  return plan;
}

/** Makes a picture, or it and everything that was made of it, again with another seed or model. */
export function ReplayDialog({ image, onClose }: { image: GalleryImage; onClose(): void }) {
  const { t } = useTranslation();
  const { browse } = useStudio();
  const models = usableModels(useModels((state) => state.models));
  const [choice, setChoice] = useState<SeedChoice>('new');
  const [number, setNumber] = useState(image.recipe?.seed ?? 0);
  const [modelId, setModelId] = useState<ModelId | null>(null);
  const [isBranch, setBranch] = useState(false);
  const change: ReplayChange = { seed: choice === 'new' ? 'new' : choice === 'own' ? null : number, modelId, isBranch };
  const plan = usePlan(image, change);
  return (
    <Modal opened onClose={onClose} title={t('gallery.replay.title')} size="30rem" centered lockScroll={false} closeButtonProps={{ 'aria-label': t('gallery.close') }}>
      <div className={classes.form}>
        <div className={classes.field}>
          <span id="replay-seed">{t('gallery.replay.seed')}</span>
          <SegmentedControl
            aria-labelledby="replay-seed"
            value={choice}
            data={(['new', 'own', 'number'] as const).map((value) => ({ value, label: t(`gallery.replay.seeds.${value}`) }))}
            onChange={setChoice}
          />
        </div>
        {choice === 'number' && (
          <NumberInput label={t('seed.label')} value={number} min={LIMITS.seed.min} max={LIMITS.seed.max} allowDecimal={false} allowNegative={false} hideControls onChange={(value) => { if (typeof value === 'number') setNumber(value); }} />
        )}
        <Select
          label={t('gallery.replay.model')}
          value={modelId ?? ''}
          data={[{ value: '', label: t('gallery.replay.sameModel', { name: image.recipe?.model.name ?? '' }) }, ...models.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(value) => { setModelId(models.find(({ id }) => id === value)?.id ?? null); }}
        />
        <Switch label={t('gallery.replay.branch')} checked={isBranch} onChange={({ currentTarget }) => { setBranch(currentTarget.checked); }} />
        {plan?.problems.map((problem) => <p key={problem} className={classes.problem} role="alert">{problem}</p>)}
        <div className={classes.dialogButtons}>
          <Button size="xs" variant="default" onClick={onClose}>{t('gallery.cancel')}</Button>
          <Button size="xs" disabled={plan === null || plan.steps === 0} onClick={() => { browse.replay(image, change); }}>{t('gallery.replay.make', { count: plan?.steps ?? 1 })}</Button>
        </div>
      </div>
    </Modal>
  );
}
