import { createBrushTool } from './brush';
import type { Tool, ToolHost } from './tool';

/** The brush on a sketch layer; Alt takes the colour under the pointer instead. On a mask it does nothing. */
export function createSketchTool(host: ToolHost): Tool {
  const brush = createBrushTool(host);
  let isPicking = false;
  return {
    get isBusy() {
      return isPicking || brush.isBusy;
    },
    down(pointer) {
      isPicking = pointer.alt;
      if (isPicking) host.pickColour(pointer.point);
      else if (host.view().target?.kind === 'sketch') brush.down(pointer);
    },
    move(pointers) {
      const end = pointers.at(-1);
      if (isPicking && end !== undefined) host.pickColour(end.point);
      else brush.move(pointers);
    },
    up(pointer) {
      if (isPicking) isPicking = false;
      else brush.up(pointer);
    },
    cancel() {
      isPicking = false;
      brush.cancel();
    },
    cursor: (pointer) => (pointer?.alt === true ? 'crosshair' : 'none'),
  };
}
