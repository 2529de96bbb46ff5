import { SegmentedControl } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { reportError } from '../../commands/commands';
import { useResize, useStudio } from '../../studio-context';
import { toasts } from '../../ui/notify';
import { SidePanel } from '../../ui/SidePanel';
import { useFileDrag, type FileDrag } from '../../ui/use-file-drag';
import { ManyFiles } from './ManyFiles';
import { PlanSection } from './PlanSection';
import classes from './Resize.module.css';
import { ResizeBar } from './ResizeBar';
import { ResizeHome } from './ResizeHome';
import { ResizeStage } from './ResizeStage';
import { SizeSection } from './SizeSection';
import { StartRun } from './StartRun';
import { usePlan, useResizeSettings } from './use-resize';
import { WaySection } from './WaySection';

/** Files that are dropped: one picture is opened, more of them (or a folder) make a run. */
function useDrop(): FileDrag {
  const { t } = useTranslation();
  const { resize, resizeRuns } = useStudio().stores;
  const take = async (files: readonly File[]): Promise<void> => {
    const [first] = files;
    if (first === undefined) return;
    if (files.length === 1 && first.type.startsWith('image/') && resize.getState().tab === 'one') {
      await resize.openFile(first);
      return;
    }
    await resizeRuns.accept(files);
    resize.showTab('many');
  };
  return useFileDrag({ onDrop: ({ files }) => { take([...files]).catch((caught: unknown) => { reportError({ toasts, t }, caught); }); } });
}

/** One picture or many files to another size: what is resized on the left, how on the right. */
export function ResizeScreen() {
  const { t } = useTranslation();
  const { resize, resizeRuns } = useStudio().stores;
  const picture = useResize((state) => state.picture);
  const tab = useResize((state) => state.tab);
  const settings = useResizeSettings();
  const planned = usePlan(settings);
  const drop = useDrop();

  useEffect(() => {
    Promise.all([resize.load(), resizeRuns.load()]).catch((caught: unknown) => { reportError({ toasts, t }, caught); });
  }, [resize, resizeRuns, t]);

  return (
    <div className={classes.screen} data-over={drop.isOver} {...drop.events}>
      <div className={classes.main}>
        <header className={classes.header}>
          <h1>{t('resize.title')}</h1>
          <SegmentedControl
            aria-label={t('resize.tabs.label')}
            size="xs"
            data={[
              { value: 'one', label: t('resize.tabs.one') },
              { value: 'many', label: t('resize.tabs.many') },
            ]}
            value={tab}
            onChange={(value) => { resize.showTab(value === 'many' ? 'many' : 'one'); }}
          />
        </header>
        {tab === 'many' ? <ManyFiles /> : picture === null ? <ResizeHome /> : <ResizeStage picture={picture} settings={settings} />}
      </div>
      <SidePanel label={t('resize.panel')} failedChecks={0} footer={tab === 'many' ? <StartRun settings={settings} /> : <ResizeBar settings={settings} planned={planned} />}>
        <SizeSection />
        <WaySection />
        {tab === 'one' && picture !== null && <PlanSection planned={planned} />}
      </SidePanel>
    </div>
  );
}
