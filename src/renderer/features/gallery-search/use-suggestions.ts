import { useEffect, useState } from 'react';
import type { Suggestion } from '../../../shared/gallery';
import { useStudio } from '../../studio-context';

/** Typing is answered when it pauses this long. */
const PAUSE_MS = 70;

export interface Suggestions {
  /** The stretch of the text that a suggestion replaces. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly Suggestion[];
}

const NOTHING: Suggestions = { from: 0, to: 0, options: [] };

/** What could be meant where the caret stands; nothing while `isOpen` is false. */
export function useSuggestions(text: string, caret: number, isOpen: boolean): Suggestions {
  const { suggest } = useStudio().browse;
  const [found, setFound] = useState<Suggestions>(NOTHING);
  useEffect(() => {
    if (!isOpen) return undefined;
    let isLate = false;
    const timer = setTimeout(() => {
      void suggest(text, caret).then((answer) => { if (!isLate) setFound(answer); });
    }, PAUSE_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [text, caret, isOpen, suggest]);
  return isOpen ? found : NOTHING;
}
