import { resolve } from 'node:path';
import type { Command } from 'commander';
import { StudioError } from '../../shared/errors';
import type { ModelDescription } from '../engine/engine';
import type { CommandContext } from './generate-command';
import { addModelLicenceCommand } from './model-licence-command';
import { openWorkbench } from './open-engine';

const GIB = 1024 ** 3;

/** One line per fact that a user asks a model for. */
function describe(model: ModelDescription): readonly string[] {
  const { size, defaults } = model;
  const sides = size.min === size.max ? `${size.min} px only` : `${size.min} to ${size.max} px in steps of ${size.multipleOf}`;
  return [
    `${model.name} (${model.family})`,
    `  can do: ${model.tasks.join(', ')}`,
    `  sides: ${sides}, best at ${model.nativeSize}`,
    `  defaults: ${defaults.numInferenceSteps} steps, guidance ${defaults.guidanceScale}, ${model.ownScheduler}`,
    `  needs about ${(model.estimatedMemoryBytes / GIB).toFixed(1)} GB of memory`,
    `  licence: ${model.licence}`,
  ];
}

interface ModelsFlags {
  readonly json?: boolean;
  readonly dataDir?: string;
}

/** `models list`, `models check DIR` and `models licence DIR`. */
export function addModelsCommand(program: Command, context: CommandContext): void {
  const models = program.command('models').description('the models on this machine');
  models
    .command('list')
    .description('built-in models and those in the data folder')
    .option('--json', 'print one line of JSON')
    .option('--data-dir <dir>', 'the folder that holds models and pictures')
    .action(async ({ json, dataDir }: ModelsFlags) => {
      const { registry, engine, folders } = await openWorkbench(dataDir);
      const list = await registry.list();
      await engine.release();
      if (json === true) context.print(JSON.stringify(list));
      else if (list.length === 0) context.print(`No model was found; put model folders into ${folders.models}.`);
      else for (const { id, problem, name, family } of list) context.print(`${id}\t${problem ?? `${name} (${family})`}`);
    });
  models
    .command('check <dir>')
    .description('whether a folder is a usable model, and what it can do')
    .option('--json', 'print one line of JSON')
    .action(async (dir: string, { json }: ModelsFlags) => {
      const { engine } = await openWorkbench(undefined);
      const description = await engine.describeModel(resolve(dir));
      await engine.release();
      if (json === true) context.print(JSON.stringify(description));
      if (description.problem !== null) throw new StudioError('model-invalid', description.problem, { details: { model: dir } });
      if (json !== true) for (const line of describe(description)) context.print(line);
    });
  addModelLicenceCommand(models, context);
}
