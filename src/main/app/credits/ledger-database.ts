import { migrate, openSqlite, type OpenedSqlite, type StudioDatabase } from '../database/open-sqlite';

/** Numbered by their place; one that has been released is never edited, only followed by another. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE ledger (
     sequence INTEGER PRIMARY KEY,
     at_ms INTEGER NOT NULL,
     day TEXT NOT NULL,
     kind TEXT NOT NULL CHECK (kind IN ('grant', 'reserve', 'settle', 'release', 'adjust')),
     amount INTEGER NOT NULL,
     price INTEGER NOT NULL CHECK (price >= 0),
     charged INTEGER NOT NULL CHECK (charged >= 0 AND (charged = 0 OR kind = 'settle')),
     pictures INTEGER NOT NULL CHECK (pictures >= 0),
     job_id TEXT CHECK ((job_id IS NOT NULL) = (kind IN ('reserve', 'settle', 'release'))),
     period TEXT,
     detail TEXT NOT NULL,
     previous_hash TEXT NOT NULL,
     hash TEXT NOT NULL UNIQUE
   ) STRICT;
   -- Sums are read often and rows seldom: both sums are answered from an index alone.
   CREATE INDEX ledger_sums ON ledger (kind, amount);
   CREATE INDEX ledger_used ON ledger (day, price, charged) WHERE kind = 'settle';
   CREATE INDEX ledger_kind ON ledger (kind);
   CREATE INDEX ledger_job ON ledger (job_id) WHERE job_id IS NOT NULL;
   CREATE INDEX ledger_period ON ledger (period) WHERE period IS NOT NULL;
   -- A job reserves once and is closed once, whatever the program does.
   CREATE UNIQUE INDEX ledger_reserved ON ledger (job_id) WHERE kind = 'reserve';
   CREATE UNIQUE INDEX ledger_closed ON ledger (job_id) WHERE kind IN ('settle', 'release');
   CREATE TRIGGER ledger_append_only BEFORE INSERT ON ledger
     WHEN NEW.sequence <> (SELECT COALESCE(MAX(sequence), 0) + 1 FROM ledger)
     BEGIN SELECT RAISE(ABORT, 'a ledger row can only be appended'); END;
   -- REPLACE would delete another row without asking the delete trigger.
   CREATE TRIGGER ledger_job_once BEFORE INSERT ON ledger
     WHEN NEW.job_id IS NOT NULL AND EXISTS (
       SELECT 1 FROM ledger WHERE job_id = NEW.job_id AND (kind = 'reserve') = (NEW.kind = 'reserve'))
     BEGIN SELECT RAISE(ABORT, 'a job reserves once and is closed once'); END;
   CREATE TRIGGER ledger_closes_what_is_open BEFORE INSERT ON ledger
     WHEN NEW.kind IN ('settle', 'release') AND NOT EXISTS (
       SELECT 1 FROM ledger WHERE job_id = NEW.job_id AND kind = 'reserve' AND NEW.amount + NEW.charged = -amount)
     BEGIN SELECT RAISE(ABORT, 'a job is closed for what it has reserved'); END;
   CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
     BEGIN SELECT RAISE(ABORT, 'a ledger row is never changed'); END;
   CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
     BEGIN SELECT RAISE(ABORT, 'a ledger row is never deleted'); END;`,
];

/** Brings a database to the present layout. */
export const migrateLedger = (database: StudioDatabase): void => { migrate(database, MIGRATIONS); };

/**
 * Opens the ledger's own file. It is no index: nothing can tell it again, so it lies apart from `library.db`, which may
 * be deleted, and every commit survives a power cut. After a damaged file a new ledger begins, which says so in its
 * first row.
 * @param path `:memory:` for a ledger that is not kept
 * @throws StudioError `storage-failed` naming the file
 */
export const openLedgerDatabase = (path: string, now: () => Date): OpenedSqlite =>
  openSqlite({ path, name: 'the credit ledger', durability: 'FULL', pragmas: 'PRAGMA recursive_triggers = ON;', migrations: MIGRATIONS }, now);
