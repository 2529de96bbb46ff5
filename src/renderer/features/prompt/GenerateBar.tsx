import { Button } from '@mantine/core';
import { IconPlayerStop, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ariaKeys, keyName, keysOf } from '../../commands/shortcuts';
import { activeJobs, runningJob } from '../../stores/jobs';
import { useActiveModel, useJobs, useStudio } from '../../studio-context';
import { Keys } from '../../ui/Keys';
import classes from './GenerateBar.module.css';

/** Always in reach under the inspector: make another, or stop the one that runs. */
export function GenerateBar() {
  const { t } = useTranslation();
  const { commands, isMac } = useStudio();
  const running = useJobs((state) => runningJob(state.jobs));
  const isBusy = useJobs((state) => activeJobs(state.jobs).length > 0);
  const hasModel = useActiveModel() !== null;

  return (
    <div className={classes.bar}>
      <Button
        className={classes.generate}
        size="md"
        disabled={!hasModel}
        leftSection={<IconSparkles size={18} stroke={1.75} aria-hidden="true" />}
        rightSection={running === null && <Keys names={keysOf('generate').map((key) => keyName(key, isMac))} />}
        aria-keyshortcuts={ariaKeys('generate', isMac)}
        onClick={() => { commands.generate(); }}
      >
        {isBusy ? t('prompt.generateMore') : t('prompt.generate')}
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
  );
}
