import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useGallery, useJobs, useView } from '../../studio-context';
import { FailedJob } from './FailedJob';
import { JobView } from './JobView';
import { PictureView } from './PictureView';
import classes from './Stage.module.css';
import { Welcome } from './Welcome';

export interface StageProps {
  /** The recipe of the picture on the stage, beside it. */
  readonly recipe: ReactNode;
}

/** The middle of the studio: one picture, the one being made, or an invitation to make the first. */
export function Stage({ recipe }: StageProps) {
  const { t } = useTranslation();
  const selection = useView((state) => state.selection);
  const isRecipeOpen = useView((state) => state.isRecipeOpen);
  const job = useJobs((state) => (selection?.kind === 'job' ? state.jobs.find(({ id }) => id === selection.id) : undefined));
  const image = useGallery((state) => (selection?.kind === 'image' ? state.images.find(({ id }) => id === selection.id) : undefined));
  const isLoaded = useGallery((state) => state.isLoaded);

  const content = (): ReactNode => {
    if (job?.state === 'failed') return <div className={classes.whole}><FailedJob job={job} /></div>;
    if (job !== undefined) return <JobView job={job} />;
    if (image !== undefined) return <PictureView key={image.id} image={image} />;
    return isLoaded && <div className={classes.whole}><Welcome /></div>;
  };

  return (
    <section className={classes.stage} aria-label={t('stage.label')} data-picture-keys tabIndex={-1}>
      {content()}
      {image !== undefined && isRecipeOpen && <div className={classes.recipe}>{recipe}</div>}
    </section>
  );
}
