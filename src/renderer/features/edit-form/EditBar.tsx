import { useTranslation } from 'react-i18next';
import type { CanvasDocument } from '../../../shared/canvas-document';
import { editProblemText } from '../../i18n/edit-problem-text';
import { MakeBar } from '../../price/MakeBar';
import { useQuote } from '../../price/use-quote';
import { pricedEdit } from '../../stores/price-requests';
import { useEditForm, useStaging, useStudio } from '../../studio-context';
import { useEditModel } from './use-edit-settings';
import classes from './EditForm.module.css';

/** Makes the edit. What stops it and no field can show is said right above the button. */
export function EditBar({ document }: { document: CanvasDocument }) {
  const { t } = useTranslation();
  const { edit } = useStudio();
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
      <MakeBar quote={quote} isDisabled={model === null} isSending={isSending} describedBy={refusal === null ? undefined : 'edit-refusal'} onMake={edit.generate} />
    </>
  );
}
