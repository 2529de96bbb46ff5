import { useEffect, useRef, type ReactNode } from 'react';
import classes from './SidePanel.module.css';

export interface SidePanelProps {
  readonly label: string;
  /** Rises with every check that failed: the first field that is wrong then gets the focus. */
  readonly failedChecks: number;
  /** Stays in sight while the sections scroll. */
  readonly footer: ReactNode;
  readonly children: ReactNode;
}

/** A form beside the picture: sections that scroll, and below them what they are for. */
export function SidePanel({ label, failedChecks, footer, children }: SidePanelProps) {
  const sections = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (failedChecks > 0) sections.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failedChecks]);
  return (
    <aside className={classes.panel} aria-label={label}>
      <div ref={sections} className={classes.sections}>
        {children}
      </div>
      <div className={classes.footer}>{footer}</div>
    </aside>
  );
}
