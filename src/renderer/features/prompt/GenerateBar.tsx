import { MakeBar } from '../../price/MakeBar';
import { useQuote } from '../../price/use-quote';
import { pricedDraft } from '../../stores/price-requests';
import { useActiveModel, useDraft, useStudio } from '../../studio-context';

/** Makes what the inspector describes. */
export function GenerateBar() {
  const { commands } = useStudio();
  const model = useActiveModel();
  const draft = useDraft((state) => state.draft);
  const quote = useQuote(model === null ? null : pricedDraft(draft, model));
  return <MakeBar quote={quote} isDisabled={model === null} onMake={commands.generate} />;
}
