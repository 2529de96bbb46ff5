import { Checkbox, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KERNELS } from '../../../shared/resize/settings';
import { useResize, useStudio } from '../../studio-context';

/** How pixels are interpolated. */
export function ResampleFields() {
  const { t } = useTranslation();
  const { resize } = useStudio().stores;
  const { kernel, linearLight } = useResize((state) => state.form);
  return (
    <>
      <Select
        label={t('resize.way.kernel')}
        data={KERNELS.map((value) => ({ value, label: t(`resize.way.kernels.${value}`) }))}
        value={kernel}
        allowDeselect={false}
        onChange={(value) => {
          const next = KERNELS.find((known) => known === value);
          if (next !== undefined) resize.update({ kernel: next });
        }}
      />
      <Checkbox size="xs" label={t('resize.way.linearLight')} checked={linearLight} onChange={({ currentTarget }) => { resize.update({ linearLight: currentTarget.checked }); }} />
    </>
  );
}
