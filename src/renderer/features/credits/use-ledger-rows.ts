import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerRow } from '../../../shared/credits';
import { reportError } from '../../commands/commands';
import { useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';

const PAGE = 200;

export interface LedgerPages {
  /** The row at a place in the list, newest first; undefined while its page is on its way. */
  at(index: number): LedgerRow | undefined;
  /** Asks for the page that holds a place; does nothing where it is there or asked for. */
  need(index: number): void;
}

/**
 * Rows by page, as they are looked at. Rows never change, so a page that was read stays true; the list only grows at
 * its front.
 * @param count how many rows the ledger has; sequences run from 1 to it
 */
export function useLedgerRows(count: number): LedgerPages {
  const { t } = useTranslation();
  const { credits } = useStudio().stores;
  const [rows, setRows] = useState<ReadonlyMap<number, LedgerRow>>(new Map());
  const asked = useRef(new Set<number>());

  const need = useCallback(
    (index: number): void => {
      const sequence = count - index;
      // Pages hang on sequences and not on places, so that a new row does not shift them; the newest is read as it grows.
      const page = Math.floor((sequence - 1) / PAGE);
      const last = Math.min(count, (page + 1) * PAGE);
      if (sequence < 1 || asked.current.has(last)) return;
      asked.current.add(last);
      credits
        .rows(last - page * PAGE, last + 1)
        .then((found) => { setRows((before) => new Map([...before, ...found.map((row) => [row.sequence, row] as const)])); })
        .catch((caught: unknown) => {
          asked.current.delete(last);
          reportError({ toasts, t }, caught);
        });
    },
    [credits, count, t],
  );
  useEffect(() => { need(0); }, [need]);

  return { at: (index) => rows.get(count - index), need };
}
