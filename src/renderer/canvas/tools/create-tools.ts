import type { ToolId } from '../canvas-view';
import { createBrushTool } from './brush';
import { createEllipseTool } from './ellipse';
import { createFrameTool } from './frame';
import { createLassoTool } from './lasso';
import { createPanTool } from './pan';
import { createPolygonTool } from './polygon';
import { createRectangleTool } from './rectangle';
import { createSketchTool } from './sketch';
import type { Tool, ToolHost } from './tool';

export const createTools = (host: ToolHost): Readonly<Record<ToolId, Tool>> => ({
  brush: createBrushTool(host),
  lasso: createLassoTool(host),
  polygon: createPolygonTool(host),
  rectangle: createRectangleTool(host),
  ellipse: createEllipseTool(host),
  sketch: createSketchTool(host),
  frame: createFrameTool(host),
  pan: createPanTool(host),
});
