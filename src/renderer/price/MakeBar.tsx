import { Button } from '@mantine/core';
import { IconPlayerStop, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PriceQuote } from '../../shared/credits';
import { ariaKeys, keyName, keysOf } from '../commands/shortcuts';
import { activeJobs, runningJob } from '../stores/jobs';
import { useJobs, useStudio } from '../studio-context';
import form from '../ui/Form.module.css';
import { Keys } from '../ui/Keys';
import { FitNotice } from './FitNotice';
import { PriceTag } from './PriceTag';

export interface MakeBarProps {
  /** Null while there is nothing to price. */
  readonly quote: PriceQuote | null;
  readonly isDisabled: boolean;
  /** What was asked for is on its way to the queue. */
  readonly isSending?: boolean;
  /** The id of what stands in the way. */
  readonly describedBy?: string | undefined;
  /** `count`: so many instead of what the form says, because no more can be paid. */
  onMake(count?: number): void;
}

/** Always in reach under a form: make pictures and what they cost, or stop the one that is being made. */
export function MakeBar({ quote, isDisabled, isSending = false, describedBy, onMake }: MakeBarProps) {
  const { t } = useTranslation();
  const { commands, isMac } = useStudio();
  const running = useJobs((state) => runningJob(state.jobs));
  const isBusy = useJobs((state) => activeJobs(state.jobs).length > 0);
  return (
    <>
      <FitNotice quote={quote} onMake={onMake} />
      <div className={form.bar}>
        <Button
          className={form.generate}
          size="md"
          loading={isSending}
          disabled={isDisabled}
          leftSection={<IconSparkles size={18} stroke={1.75} aria-hidden="true" />}
          rightSection={running === null && <Keys names={keysOf('generate').map((key) => keyName(key, isMac))} />}
          aria-keyshortcuts={ariaKeys('generate', isMac)}
          aria-describedby={describedBy}
          onClick={() => { onMake(); }}
        >
          <PriceTag quote={quote}>{isBusy ? t('prompt.generateMore') : t('prompt.generate')}</PriceTag>
        </Button>
        {running !== null && (
          <Button size="md" variant="default" leftSection={<IconPlayerStop size={16} stroke={1.75} aria-hidden="true" />} aria-keyshortcuts={ariaKeys('cancel', isMac)} onClick={() => { commands.cancel(running.id); }}>
            {t('prompt.cancel')}
          </Button>
        )}
      </div>
    </>
  );
}
