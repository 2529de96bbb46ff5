import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStudio } from '../studio-context';

/** The way to the plan and the budget, from wherever they hold something back. */
export function ChangePlanButton({ size, variant }: { readonly size: 'compact-xs' | 'sm'; readonly variant: 'default' | 'subtle' }) {
  const { t } = useTranslation();
  const { commands } = useStudio();
  return (
    <Button size={size} variant={variant} onClick={() => { commands.showPlan(); }}>
      {t('credits.fit.change')}
    </Button>
  );
}
