import { Button } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelSummary } from '../../../shared/model';
import { useActiveModel, useModels, useStudio } from '../../studio-context';
import { Page } from '../../ui/Page';
import { ModelCard } from './ModelCard';
import classes from './Models.module.css';

export interface ModelsScreenProps {
  readonly licenceOf: (model: ModelSummary) => ReactNode;
}

export function ModelsScreen({ licenceOf }: ModelsScreenProps) {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const models = useModels((state) => state.models);
  const isLoaded = useModels((state) => state.isLoaded);
  const active = useActiveModel();

  return (
    <Page
      title={t('models.title')}
      lead={t('models.lead')}
      action={
        <Button size="sm" variant="default" leftSection={<IconFolderOpen size={17} stroke={1.6} aria-hidden="true" />} onClick={() => { commands.openModelsFolder(); }}>
          {t('models.openFolder')}
        </Button>
      }
    >
      {isLoaded && models.length === 0 && <p>{t('models.empty')}</p>}
      <ul className={classes.models}>
        {models.map((model) => (
          <ModelCard key={model.id} model={model} isActive={model.id === active?.id} licence={licenceOf(model)} />
        ))}
      </ul>
    </Page>
  );
}
