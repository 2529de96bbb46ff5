import { useEffect, useRef, type ReactNode } from 'react';
import { useDraft } from '../../studio-context';
import { ModelSection } from './ModelSection';
import { OutputSection } from './OutputSection';
import { SamplingSection } from './SamplingSection';
import { SeedSection } from './SeedSection';
import { SizeSection } from './SizeSection';
import classes from './Inspector.module.css';

export interface InspectorProps {
  readonly label: string;
  /** The prompt's own section, above all others. */
  readonly prompt: ReactNode;
  /** Stays in sight while the sections scroll. */
  readonly footer: ReactNode;
}

export function Inspector({ label, prompt, footer }: InspectorProps) {
  const sections = useRef<HTMLDivElement>(null);
  const failedChecks = useDraft((state) => state.failedChecks);
  useEffect(() => {
    if (failedChecks > 0) sections.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [failedChecks]);

  return (
    <aside className={classes.inspector} aria-label={label}>
      <div ref={sections} className={classes.sections}>
        {prompt}
        <ModelSection />
        <SizeSection />
        <SamplingSection />
        <SeedSection />
        <OutputSection />
      </div>
      <div className={classes.footer}>{footer}</div>
    </aside>
  );
}
