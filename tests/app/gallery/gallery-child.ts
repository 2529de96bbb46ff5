/**
 * A library without a window, for the kill test: it makes, imports, rates, sorts into a board and throws away as fast as it
 * can until it is killed, and says on stdout what is done. Arguments: data folder, number of this life.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openTestGallery } from '../../support/open-gallery';
import { A1111_TEXT, pngWith } from '../../support/foreign-pictures';
import { anImageId } from '../../support/samples';

const [dataDir, life] = process.argv.slice(2);
if (dataDir === undefined || life === undefined) throw new Error('expected a data folder and a number');

/** Written at once: what was said before the kill is what the parent may count on. */
const say = (what: string, ...values: readonly (string | number)[]): void => void writeSync(1, `${[what, ...values].join(' ')}\n`);

const { gallery, library, stage, folders } = await openTestGallery(dataDir);
const [board = await library['boards.create']({ name: 'Kept', query: null })] = await library['boards.list'](null);
say('ready');
for (let round = 0; ; round += 1) {
  const image = await gallery.commit(stage({ imageId: anImageId(), prompt: `picture ${life} of round ${round}`, createdAt: new Date().toISOString() }));
  say('made', image.id);
  const rating = 1 + (round % 5);
  await library['gallery.mark']({ imageIds: [image.id], patch: { rating: rating as 1, addTags: [`round-${round}`] } });
  say('rated', image.id, rating);
  await library['boards.setPictures']({ boardId: board.id, add: [image.id], remove: [] });
  say('boarded', image.id);
  if (round % 3 === 1) {
    await gallery.trash([image.id]);
    say('trashed', image.id);
  }
  if (round % 6 === 1) {
    await gallery.restore([image.id]);
    say('restored', image.id);
  }
  if (round % 4 === 2) {
    // Another program writes files, renames and removes them, while they are being read.
    const folder = join(folders.pictures, `import-${life}-${round}`);
    mkdirSync(folder);
    for (let n = 0; n < 20; n += 1) writeFileSync(join(folder, `${n}.png`), pngWith({ parameters: A1111_TEXT.replace('fox', `fox ${life} ${round} ${n}`) }));
    const settled = library.settle(null);
    renameSync(join(folder, '3.png'), join(folder, 'renamed.png'));
    rmSync(join(folder, '5.png'));
    await settled;
    say('imported', round);
  }
}
