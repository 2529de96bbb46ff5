import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState, type ReactNode } from 'react';
import classes from './Section.module.css';

export interface SectionProps {
  readonly title: string;
  /** What stands in the heading while the section is folded: its values in short. */
  readonly summary?: string | undefined;
  readonly isOpenAtFirst?: boolean;
  /** A problem inside opens the section, so that it cannot hide. */
  readonly hasProblem?: boolean;
  /** A small control beside the heading, while the section is open. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the inspector that folds; the heading is a real button inside a real heading. */
export function Section({
  title,
  summary,
  isOpenAtFirst = true,
  hasProblem = false,
  action,
  children,
}: SectionProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const bodyId = useId();
  const isShown = isOpen || hasProblem;
  return (
    <section className={classes.section}>
      <div className={classes.head}>
        <h2 className={classes.heading}>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isShown}
            aria-controls={bodyId}
            onClick={() => {
              setOpen(!isShown);
            }}
          >
            <IconChevronRight size={14} stroke={2} aria-hidden="true" className={classes.chevron} />
            <span>{title}</span>
            {!isShown && summary !== undefined && <span className={classes.summary}>{summary}</span>}
          </button>
        </h2>
        {isShown && action}
      </div>
      <div id={bodyId} className={classes.body} hidden={!isShown}>
        {children}
      </div>
    </section>
  );
}
