import { IconBrush, IconCircle, IconCrop, IconEraser, IconHandStop, IconLasso, IconPalette, IconPolygon, IconRectangle, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { editKeys } from '../../commands/edit-shortcuts';
import { HAND_TOOLS, handToolOf, type HandTool } from '../../stores/canvas-view';
import { useCanvasView, useStudio } from '../../studio-context';
import { IconButton } from '../../ui/IconButton';
import classes from './Tools.module.css';

const ICONS: Readonly<Record<HandTool, Icon>> = {
  brush: IconBrush,
  eraser: IconEraser,
  lasso: IconLasso,
  polygon: IconPolygon,
  rectangle: IconRectangle,
  ellipse: IconCircle,
  sketch: IconPalette,
  frame: IconCrop,
  pan: IconHandStop,
};

/** A line stands before these: what paints a mask, what paints colour, what moves the view. */
const GROUP_STARTS: ReadonlySet<HandTool> = new Set(['sketch', 'frame']);

export function ToolsBar() {
  const { t } = useTranslation();
  const { edit, isMac } = useStudio();
  const inHand = useCanvasView(handToolOf);

  return (
    <div className={classes.tools} role="toolbar" aria-orientation="vertical" aria-label={t('edit.tools.label')} data-canvas-keys>
      {HAND_TOOLS.map((tool) => (
        <div key={tool} className={GROUP_STARTS.has(tool) ? classes.group : undefined}>
          <IconButton
            label={t(`edit.tools.${tool}`)}
            icon={ICONS[tool]}
            side="right"
            variant={tool === inHand ? 'light' : 'subtle'}
            aria-pressed={tool === inHand}
            {...editKeys(tool, isMac)}
            onClick={() => { edit.takeTool(tool); }}
          />
        </div>
      ))}
    </div>
  );
}
