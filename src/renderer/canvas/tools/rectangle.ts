import { createBoxTool } from './box';
import type { Tool, ToolHost } from './tool';

export const createRectangleTool = (host: ToolHost): Tool => createBoxTool(host, 'rectangle');
