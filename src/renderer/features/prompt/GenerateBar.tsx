import { Button } from '@mantine/core';
import { IconPlayerStop, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ariaKeys, keyName, keysOf } from '../../commands/shortcuts';
import { FitNotice } from '../../price/FitNotice';
import { PriceTag } from '../../price/PriceTag';
import { useQuote } from '../../price/use-quote';
import { activeJobs, runningJob } from '../../stores/jobs';
import { pricedDraft } from '../../stores/price-requests';
import { useActiveModel, useDraft, useJobs, useStudio } from '../../studio-context';
import { Keys } from '../../ui/Keys';
import classes from './GenerateBar.module.css';

/** Always in reach under the inspector: make another and what it costs, or stop the one that runs. */
export function GenerateBar() {
  const { t } = useTranslation();
  const { commands, isMac } = useStudio();
  const running = useJobs((state) => runningJob(state.jobs));
  const isBusy = useJobs((state) => activeJobs(state.jobs).length > 0);
  const model = useActiveModel();
  const draft = useDraft((state) => state.draft);
  const quote = useQuote(model === null ? null : pricedDraft(draft, model));

  return (
    <>
      <FitNotice quote={quote} onMake={commands.generate} />
      <div className={classes.bar}>
        <Button
          className={classes.generate}
          size="md"
          disabled={model === null}
          leftSection={<IconSparkles size={18} stroke={1.75} aria-hidden="true" />}
          rightSection={running === null && <Keys names={keysOf('generate').map((key) => keyName(key, isMac))} />}
          aria-keyshortcuts={ariaKeys('generate', isMac)}
          onClick={() => { commands.generate(); }}
        >
          <PriceTag quote={quote}>{isBusy ? t('prompt.generateMore') : t('prompt.generate')}</PriceTag>
        </Button>
        {running !== null && (
          <Button
            size="md"
            variant="default"
            leftSection={<IconPlayerStop size={16} stroke={1.75} aria-hidden="true" />}
            aria-keyshortcuts={ariaKeys('cancel', isMac)}
            onClick={() => { commands.cancel(running.id); }}
          >
            {t('prompt.cancel')}
          </Button>
        )}
      </div>
    </>
  );
}
