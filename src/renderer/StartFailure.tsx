import { useTranslation } from 'react-i18next';
import { StudioError } from '../shared/errors';
import classes from './StartFailure.module.css';

/** All that can be shown when main answered none of the first questions. */
export function StartFailure({ caught }: { caught: unknown }) {
  const { t } = useTranslation();
  return (
    <main className={classes.failure}>
      <h1>{t('errors.startTitle')}</h1>
      <p>{StudioError.fromCaught(caught).message}</p>
    </main>
  );
}
