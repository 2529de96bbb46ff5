import { Button } from '@mantine/core';
import { IconPlayerStop, IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { ariaKeys, keyName, keysOf } from '../../commands/shortcuts';
import { editProblemText } from '../../i18n/edit-problem-text';
import { FitNotice } from '../../price/FitNotice';
import { PriceTag } from '../../price/PriceTag';
import { useQuote } from '../../price/use-quote';
import { activeJobs, runningJob } from '../../stores/jobs';
import { pricedEdit } from '../../stores/price-requests';
import { useEditForm, useJobs, useStaging, useStudio } from '../../studio-context';
import { Keys } from '../../ui/Keys';
import { useEditModel } from './use-edit-settings';
import classes from './EditForm.module.css';

/** Always in reach under the form. What stops an edit that no field can show is said right above the button. */
export function EditBar({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { commands, edit, isMac } = useStudio();
  const running = useJobs((state) => runningJob(state.jobs));
  const isBusy = useJobs((state) => activeJobs(state.jobs).length > 0);
  const isSending = useStaging((state) => state.isSending);
  const model = useEditModel(document);
  const quote = useQuote(model === null ? null : pricedEdit(document, model));
  const problems = useEditForm((state) => state.problems);
  const refusal = editProblemText(t, problems.mask ?? problems.frame ?? problems.modelId);

  return (
    <>
      {refusal !== null && (
        <p id="edit-refusal" role="alert" className={classes.problem}>
          {refusal}
        </p>
      )}
      <FitNotice quote={quote} onMake={edit.generate} />
      <div className={classes.bar}>
        <Button
          className={classes.generate}
          size="md"
          loading={isSending}
          disabled={model === null}
          leftSection={<IconSparkles size={18} stroke={1.75} aria-hidden="true" />}
          rightSection={running === null && <Keys names={keysOf('generate').map((key) => keyName(key, isMac))} />}
          aria-keyshortcuts={ariaKeys('generate', isMac)}
          aria-describedby={refusal === null ? undefined : 'edit-refusal'}
          onClick={() => { edit.generate(); }}
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
