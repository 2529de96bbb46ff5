import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ExportPlan } from '../../../shared/gallery';
import type { ImageId } from '../../../shared/ids';

export interface NamePatternProps {
  readonly value: string;
  readonly plan: ExportPlan;
  /** The picture of the example. */
  readonly imageId: ImageId | null;
  onChange(pattern: string): void;
}

/** How the files will be called. */
export function NamePattern({ value, onChange }: NamePatternProps) {
  const { t } = useTranslation();
  return <TextInput label={t('gallery.export.name')} value={value} maxLength={200} onChange={({ currentTarget }) => { onChange(currentTarget.value); }} />;
}
