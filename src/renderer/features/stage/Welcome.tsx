import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useActiveModel, useLanguage, useModels, useStudio } from '../../studio-context';
import classes from './Welcome.module.css';

/** What the built-in model draws best. The prompt is English in every language, because that is what the model reads. */
const SAMPLES = [
  { id: 'apple', prompt: 'a red apple' },
  { id: 'cat', prompt: 'a cat face' },
  { id: 'rocket', prompt: 'a rocket' },
  { id: 'cake', prompt: 'a birthday cake' },
  { id: 'house', prompt: 'a house with a garden' },
  { id: 'sailboat', prompt: 'a sailboat' },
  { id: 'owl', prompt: 'an owl' },
  { id: 'rainbow', prompt: 'a rainbow' },
] as const;

/** The first thing one sees: an invitation, and an honest word about what the model at hand can do. */
export function Welcome() {
  const { t } = useTranslation();
  const { commands } = useStudio();
  const model = useActiveModel();
  const language = useLanguage();
  const isLoaded = useModels((state) => state.isLoaded);

  return (
    <div className={classes.welcome}>
      <h1 className={classes.title}>{t('welcome.title')}</h1>
      {model === null ? (
        isLoaded && (
          <>
            <p className={classes.lead}>{t('welcome.noModel')}</p>
            <Button className={classes.folder} variant="default" onClick={() => { commands.openModelsFolder(); }}>
              {t('models.openFolder')}
            </Button>
          </>
        )
      ) : (
        <>
          <p className={classes.lead}>{t('welcome.lead')}</p>
          <ul className={classes.samples}>
            {SAMPLES.map(({ id, prompt }) => (
              <li key={id}>
                <button type="button" className={classes.sample} onClick={() => { commands.tryPrompt(prompt); }}>
                  {t(`samples.${id}`)}
                </button>
              </li>
            ))}
          </ul>
          <p className={classes.honest}>
            <b>{model.name}.</b> {model.description[language === 'nl' ? 'nl' : 'en']}
          </p>
        </>
      )}
    </div>
  );
}
