import { createBoxTool } from './box';
import type { Tool, ToolHost } from './tool';

/** The ellipse inscribed in the dragged box. */
export const createEllipseTool = (host: ToolHost): Tool => createBoxTool(host, 'ellipse');
