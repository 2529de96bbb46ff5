import { useTranslation } from 'react-i18next';
import { PictureBill } from '../../price/PictureBill';
import { RecipeFacts } from '../../recipe/RecipeFacts';
import { useGallery, useView } from '../../studio-context';
import classes from './RecipePanel.module.css';

/** The recipe of the picture on the stage. */
export function RecipePanel() {
  const { t } = useTranslation();
  const selection = useView((state) => state.selection);
  const image = useGallery((state) => (selection?.kind === 'image' ? state.images.find(({ id }) => id === selection.id) : undefined));
  if (image === undefined) return null;
  return (
    <section className={classes.panel} aria-label={t('recipe.title')} tabIndex={0}>
      <h2 className={classes.title}>{t('recipe.title')}</h2>
      <RecipeFacts image={image} />
      {image.recipe !== null && <PictureBill recipe={image.recipe} />}
    </section>
  );
}
