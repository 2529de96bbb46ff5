import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSqlite, type SqliteFile } from '../../src/main/app/database/open-sqlite';
import { tempFolder } from '../support/temp-folder';

const fileAt = (path: string): SqliteFile => ({ path, name: 'the test file', durability: 'NORMAL', pragmas: '', migrations: ['CREATE TABLE words (word TEXT)'] });
const now = (): Date => new Date(0);

it('runs each migration once, and later ones on what is there', () => {
  const path = join(tempFolder(), 'a.db');
  const first = openSqlite(fileAt(path), now).database;
  first.exec(`INSERT INTO words VALUES ('kept')`);
  first.close();
  const second = openSqlite({ ...fileAt(path), migrations: [...fileAt(path).migrations, 'ALTER TABLE words ADD COLUMN length INTEGER'] }, now).database;
  expect(second.prepare('SELECT word, length FROM words').all()).toEqual([{ word: 'kept', length: null }]);
  second.close();
});

it('sets a damaged file aside, and begins a new one', () => {
  const path = join(tempFolder(), 'a.db');
  writeFileSync(path, 'this is no database, and long enough to be looked at'.repeat(20));
  const { database, setAside } = openSqlite(fileAt(path), now);
  expect(setAside).toBe(`${path}.damaged-1970-01-01T00-00-00-000Z`);
  expect(readFileSync(setAside ?? '', 'utf8')).toMatch(/^this is no database/);
  expect(database.prepare('SELECT COUNT(*) AS rows FROM words').all()).toEqual([{ rows: 0 }]);
  database.close();
});

it('refuses a file it cannot open in one sentence, and leaves it where it is', () => {
  const path = join(tempFolder(), 'no', 'such', 'a.db');
  expect(() => openSqlite(fileAt(path), now)).toThrow(/open the test file/);
  expect(existsSync(path)).toBe(false);
  const broken = join(tempFolder(), 'b.db');
  openSqlite(fileAt(broken), now).database.close();
  expect(() => openSqlite({ ...fileAt(broken), migrations: [...fileAt(broken).migrations, 'not sql'] }, now)).toThrow(/open the test file/);
  expect(openSqlite(fileAt(broken), now).setAside).toBeNull();
});
