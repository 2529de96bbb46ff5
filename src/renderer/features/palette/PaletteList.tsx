import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { PALETTE_GROUPS, type PaletteGroup } from '../../commands/menu-actions';
import type { Found, PaletteAction } from '../../commands/palette';
import { Keys } from '../../ui/Keys';
import classes from './Palette.module.css';

export const optionId = ({ id }: Pick<PaletteAction, 'id'>): string => `palette-${id}`;

/** The name with the letters that were matched set off. */
function Name({ found: { action, matched } }: { found: Found }) {
  const places = new Set(matched);
  return <span>{action.name.split('').map((letter, at) => (places.has(at) ? <mark key={at}>{letter}</mark> : letter))}</span>;
}

interface LineProps {
  readonly found: Found;
  readonly isActive: boolean;
  /** Beside the name where the list is not in groups. */
  readonly group: string | null;
  onChoose(id: string): void;
  onRun(run: () => void): void;
}

function Line({ found, isActive, group, onChoose, onRun }: LineProps) {
  const { t } = useTranslation();
  const line = useRef<HTMLDivElement>(null);
  const { id, run, keys } = found.action;
  useEffect(() => {
    if (isActive) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <div
      ref={line}
      id={optionId(found.action)}
      role="option"
      className={classes.line}
      aria-selected={isActive}
      aria-disabled={run === null}
      // Not when it comes under a resting pointer, only when the pointer moves.
      onPointerMove={() => { if (run !== null && !isActive) onChoose(id); }}
      onClick={() => { if (run !== null) onRun(run); }}
    >
      <Name found={found} />
      {group !== null && <span className={classes.group}>{group}</span>}
      <span className={classes.spring} />
      {run === null && <span className={classes.group}>{t('palette.notNow')}</span>}
      {keys.length > 0 && <Keys names={keys} isSpoken />}
    </div>
  );
}

export interface PaletteListProps extends Pick<LineProps, 'onChoose' | 'onRun'> {
  readonly id: string;
  readonly found: readonly Found[];
  /** The id of the command that Enter runs. */
  readonly active: string | null;
  /** Best first; otherwise group by group. */
  readonly isSearch: boolean;
  groupName(group: PaletteGroup): string;
}

export function PaletteList({ id, found, active, isSearch, groupName, onChoose, onRun }: PaletteListProps) {
  const { t } = useTranslation();
  const line = (hit: Found, group: string | null) => <Line key={hit.action.id} found={hit} isActive={hit.action.id === active} group={group} onChoose={onChoose} onRun={onRun} />;
  return (
    <>
      <div id={id} role="listbox" aria-label={t('palette.list')} className={classes.list}>
        {isSearch
          ? found.map((hit) => line(hit, groupName(hit.action.group)))
          : PALETTE_GROUPS.filter((group) => found.some(({ action }) => action.group === group)).map((group) => (
              <div key={group} role="group" aria-label={groupName(group)} className={classes.section}>
                <div className={classes.heading} aria-hidden="true">{groupName(group)}</div>
                {found.filter(({ action }) => action.group === group).map((hit) => line(hit, null))}
              </div>
            ))}
      </div>
      {found.length === 0 && <p className={classes.none}>{t('palette.none')}</p>}
    </>
  );
}
