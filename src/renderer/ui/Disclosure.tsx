import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import classes from './Disclosure.module.css';

export interface DisclosureProps {
  readonly label: string;
  /** What is set inside, said beside the label while it is folded. */
  readonly summary?: string | undefined;
  readonly children: ReactNode;
}

/** What most people never need, folded away at the end of a section. */
export function Disclosure({ label, summary, children }: DisclosureProps) {
  const [isOpen, setOpen] = useState(false);
  const bodyId = useId();
  return (
    <div>
      <button type="button" className={classes.toggle} aria-expanded={isOpen} aria-controls={bodyId} onClick={() => { setOpen(!isOpen); }}>
        <IconChevronRight size={12} stroke={2} aria-hidden="true" className={classes.chevron} />
        <span>{label}</span>
        {!isOpen && summary !== undefined && <span className={classes.summary}>{summary}</span>}
      </button>
      <div id={bodyId} className={classes.body} hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}
