import type { ReactNode } from 'react';
import { useDraft } from '../../studio-context';
import { SidePanel } from '../../ui/SidePanel';
import { ModelSection } from './ModelSection';
import { OutputSection } from './OutputSection';
import { SamplingSection } from './SamplingSection';
import { SeedSection } from './SeedSection';
import { SizeSection } from './SizeSection';

export interface InspectorProps {
  readonly label: string;
  /** The prompt's own section, above all others. */
  readonly prompt: ReactNode;
  /** Stays in sight while the sections scroll. */
  readonly footer: ReactNode;
}

export function Inspector({ label, prompt, footer }: InspectorProps) {
  const failedChecks = useDraft((state) => state.failedChecks);
  return (
    <SidePanel label={label} failedChecks={failedChecks} footer={footer}>
      {prompt}
      <ModelSection />
      <SizeSection />
      <SamplingSection />
      <SeedSection />
      <OutputSection />
    </SidePanel>
  );
}
