import type { StudioDatabase } from '../../../src/main/app/database/open-sqlite';

/** The program ends here: nothing after it happens. */
export class Crash extends Error {}

/** Counts the writes of one life of the program and ends it at a chosen one. */
export class Writes {
  count = 0;
  isDead = false;

  /** @param crashAt which write, from 0; Infinity = none */
  constructor(private readonly crashAt: number) {}

  /** One place where the power may go. */
  point(): void {
    if (this.isDead) throw new Crash();
    if (this.count >= this.crashAt) {
      this.isDead = true;
      throw new Crash();
    }
    this.count += 1;
  }
}

type Statement = ReturnType<StudioDatabase['prepare']>;
type Call = (...given: unknown[]) => unknown;

function crashingStatement(prepared: Statement, writes: Writes): Statement {
  const statement = prepared as unknown as { readonly get: Call; readonly all: Call; readonly run: Call };
  return {
    get: (...given: unknown[]) => statement.get(...given),
    all: (...given: unknown[]) => statement.all(...given),
    run: (...given: unknown[]) => {
      writes.point();
      const result = statement.run(...given);
      writes.point();
      return result;
    },
  } as unknown as Statement;
}

/**
 * The same database, whose power may go before and after each inserted row and just after each commit. Whatever was
 * written inside an unfinished transaction is rolled back by SQLite, as its journal would do at the next start.
 */
export function crashingDatabase(database: StudioDatabase, writes: Writes): StudioDatabase {
  return {
    prepare: (sql: string) => crashingStatement(database.prepare(sql), writes),
    transaction: (work: Call) => {
      const transaction = database.transaction(work) as unknown as { readonly immediate: Call };
      return {
        immediate: (...given: unknown[]) => {
          if (writes.isDead) throw new Crash();
          const result = transaction.immediate(...given);
          writes.point();
          return result;
        },
      };
    },
  } as unknown as StudioDatabase;
}
