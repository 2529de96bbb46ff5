import type { Command } from 'commander';
import { licenceRecord } from '../../shared/licences/licence-record';
import { LICENCE_WORDS, licenceName, licenceSummary } from '../../shared/licences/licence-words';
import { verdict } from '../../shared/licences/verdict';
import { openSettings } from '../app/settings/settings-file';
import { licensedModelOf } from './admit-model';
import { findModel } from './find-model';
import type { CommandContext } from './generate-command';
import { openWorkbench } from './open-engine';

interface LicenceFlags {
  readonly json?: boolean;
  readonly text?: boolean;
  readonly dataDir?: string;
}

async function printLicence(wanted: string, { json, text, dataDir }: LicenceFlags, context: CommandContext): Promise<void> {
  const bench = await openWorkbench(dataDir);
  try {
    const model = licensedModelOf(await findModel(wanted, bench));
    const state = await bench.licences.stateOf(model);
    const { userProfile } = (await openSettings(bench.folders.settings)).get();
    const record = licenceRecord(state.licence);
    const answer = verdict(record, userProfile);
    if (json === true) return context.print(JSON.stringify({ ...state, name: licenceName(record, state.stated), link: record.link, userProfile, verdict: answer }));
    if (text === true) return context.print(await bench.licences.textOf(model));
    for (const line of licenceSummary({ ...record, name: licenceName(record, state.stated) }).split('\n')) context.print(line);
    context.print(`For you (${LICENCE_WORDS.profile[userProfile]}): ${LICENCE_WORDS.verdict[answer.reason]}`);
    if (record.link !== null) context.print(`The text: ${record.link}`);
    if (state.acceptedAt !== null) context.print(`Agreed to on ${state.acceptedAt}`);
    else if (state.needsAcceptance) context.print('Not agreed to yet: add --accept-licence to the first command that uses it.');
  } finally {
    await bench.engine.release();
  }
}

/** `models licence DIR|ID`: under which licence a model comes, in plain words. */
export function addModelLicenceCommand(models: Command, context: CommandContext): void {
  models
    .command('licence <dir|id>')
    .description('what the licence of a model allows, rules out and asks')
    .option('--text', 'print the text that is agreed to')
    .option('--json', 'print one line of JSON')
    .option('--data-dir <dir>', 'the folder that holds models and settings')
    .action((wanted: string, flags: LicenceFlags) => printLicence(wanted, flags, context));
}
