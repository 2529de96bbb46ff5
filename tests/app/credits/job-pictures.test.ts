import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createPictureCounter } from '../../../src/main/app/credits/job-pictures';
import type { JobId } from '../../../src/shared/ids';
import { openTestGallery } from '../../support/open-gallery';
import { aJobId } from '../../support/samples';
import { tempFolder } from '../../support/temp-folder';

async function openGallery() {
  const { folders, gallery, library, stage, close } = await openTestGallery(tempFolder());
  onTestFinished(async () => void (await close()));
  const add = (jobId?: JobId) => gallery.commit(stage(jobId === undefined ? {} : { jobId }));
  return { folders, gallery, add, count: createPictureCounter({ library, trash: folders.trash }) };
}

describe('the pictures of a job', () => {
  it('are counted in the gallery and in the trash, each once, copies not at all', async () => {
    const { folders, gallery, add, count } = await openGallery();
    const [mine, other] = [aJobId(), aJobId()];
    await add(other);
    await add();
    expect(await count(mine)).toBe(0);
    const first = await add(mine);
    const second = await add(mine);
    copyFileSync((await gallery.placeOf(first.id)).path, join(folders.pictures, 'copy.png'));
    await gallery.trash([second.id]);
    writeFileSync(join(folders.trash, 'broken.png'), 'no picture');
    expect(await count(mine)).toBe(2);
    expect(await count(other)).toBe(1);
  });
});
