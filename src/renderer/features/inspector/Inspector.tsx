import type { ReactNode } from 'react';
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
  return (
    <aside className={classes.inspector} aria-label={label}>
      <div className={classes.sections}>
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
