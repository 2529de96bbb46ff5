import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

/** The words and bytes that `@electron/fuses` looks for in Electron's executable: sentinel, wire version 1, 8 fuses. */
const FUSE_WIRE = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 8]), Buffer.from('10110011')]);

/** A zip archive with stored (uncompressed) files and Unix modes (PKWARE APPNOTE 4.3). */
function storedZip(files: readonly { readonly name: string; readonly data: Buffer; readonly mode: number }[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, mode } of files) {
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), data]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 6);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), facts, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]);
}

/** A package like the real one but a few KB small; returns its .tgz and the source that describes it. */
export function makeFakePackage(folder: string) {
  mkdirSync(join(folder, 'package'), { recursive: true });
  const zip = storedZip([
    { name: 'Cypress/Cypress', data: Buffer.concat([Buffer.from('executable '), FUSE_WIRE]), mode: 0o755 },
    { name: 'Cypress/icudtl.dat', data: Buffer.from('data'), mode: 0o644 },
    { name: 'Cypress/browser_v8_context_snapshot.bin', data: Buffer.from('theirs'), mode: 0o644 },
    { name: 'Cypress/resources/app/index.js', data: Buffer.from('theirs'), mode: 0o644 },
    { name: 'Cypress/resources/app-update.yml', data: Buffer.from('theirs'), mode: 0o644 },
    { name: 'Cypress/locales/nl.pak', data: Buffer.from('nl'), mode: 0o644 },
  ]);
  writeFileSync(join(folder, 'package/fake.zip'), zip);
  const tgz = join(folder, 'fake.tgz');
  execFileSync('tar', ['-czf', tgz, '-C', folder, 'package']);
  const integrity = `sha512-${createHash('sha512').update(readFileSync(tgz)).digest('base64')}`;
  const source = {
    package: 'fake',
    packageVersion: '1.0.0',
    integrity,
    archive: 'fake.zip',
    rootFolder: 'Cypress/',
    executable: 'Cypress',
    leftOut: ['resources/app/', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin'],
    electronVersion: '0.0.1',
  };
  return { tgz, source };
}
