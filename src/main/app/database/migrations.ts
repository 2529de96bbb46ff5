/** Numbered by their place; one that has been released is never edited, only followed by another. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE images (
     id TEXT PRIMARY KEY,
     -- Relative to the pictures folder, with forward slashes, so that the folder can be moved.
     file TEXT NOT NULL UNIQUE,
     size INTEGER NOT NULL,
     modified_ms INTEGER NOT NULL,
     created_ms INTEGER NOT NULL,
     width INTEGER NOT NULL,
     height INTEGER NOT NULL,
     -- NULL for pictures that came without a recipe of ours.
     recipe TEXT
   );
   CREATE INDEX images_newest ON images (created_ms DESC, id DESC);`,
];
