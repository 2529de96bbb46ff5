/**
 * The layout of `library.db`. Numbered by their place; one that has been released is never edited, only followed by
 * another. Nothing in it is precious, so a new layout may drop what the old one held: the files are read again.
 */
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

  `DROP TABLE images;
   -- Short columns that are searched and sorted; a whole scan stays cheap.
   CREATE TABLE images (
     -- A small number, of which result sets and the full-text index speak.
     n INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     -- The id that the file itself tells, where that is not its id: copies of one picture share it.
     shared_id TEXT,
     root_id TEXT NOT NULL,
     -- Relative to the root, forward slashes.
     file TEXT NOT NULL,
     bytes INTEGER NOT NULL,
     modified_ms INTEGER NOT NULL,
     created_ms INTEGER NOT NULL,
     width INTEGER NOT NULL,
     height INTEGER NOT NULL,
     format TEXT NOT NULL,
     origin TEXT NOT NULL,
     kind TEXT,
     model TEXT,
     sampler TEXT,
     seed INTEGER,
     steps INTEGER,
     cfg REAL,
     strength REAL,
     -- has:… as bits, see row-values.ts.
     flags INTEGER NOT NULL,
     -- What makes two pictures "the same recipe": a short hash without seed and times.
     recipe_hash TEXT,
     job_id TEXT,
     -- Lower case, for sorting.
     prompt_start TEXT,
     base_name TEXT NOT NULL,
     -- Copied from marks.db.
     rating INTEGER NOT NULL DEFAULT 0,
     label TEXT,
     name TEXT,
     UNIQUE (root_id, file)
   ) STRICT;
   CREATE INDEX images_newest ON images (created_ms, n);
   CREATE INDEX images_copies ON images (shared_id) WHERE shared_id IS NOT NULL;
   CREATE INDEX images_recipe ON images (recipe_hash) WHERE recipe_hash IS NOT NULL;
   CREATE INDEX images_job ON images (job_id) WHERE job_id IS NOT NULL;
   CREATE INDEX images_rated ON images (rating) WHERE rating > 0;
   -- A search of one of these reads the index alone.
   CREATE INDEX images_kind ON images (kind);
   CREATE INDEX images_sampler ON images (sampler);
   CREATE INDEX images_seed ON images (seed);
   CREATE INDEX images_steps ON images (steps);
   CREATE INDEX images_cfg ON images (cfg);
   CREATE INDEX images_size ON images (MAX(width, height));
   -- What is shown of one picture.
   CREATE TABLE details (
     n INTEGER PRIMARY KEY,
     prompt TEXT,
     negative TEXT,
     recipe TEXT,
     foreign_settings TEXT,
     -- Rating, label and tags that stand in the file itself; they count while the user has said nothing else.
     file_marks TEXT,
     tags TEXT
   ) STRICT;
   CREATE TABLE tags (tag TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (tag, n)) STRICT, WITHOUT ROWID;
   CREATE INDEX tags_of ON tags (n);
   CREATE TABLE parents (n INTEGER NOT NULL, parent_id TEXT NOT NULL, PRIMARY KEY (n, parent_id)) STRICT, WITHOUT ROWID;
   CREATE INDEX parents_children ON parents (parent_id);
   -- Files that could not be read, and why.
   CREATE TABLE problems (
     root_id TEXT NOT NULL,
     file TEXT NOT NULL,
     bytes INTEGER NOT NULL,
     modified_ms INTEGER NOT NULL,
     reason TEXT NOT NULL,
     PRIMARY KEY (root_id, file)
   ) STRICT, WITHOUT ROWID;
   -- Perceptual hashes, 16 hex digits; they belong to the pixels, which the id tells.
   CREATE TABLE looks (id TEXT PRIMARY KEY, look TEXT NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
   -- The words alone: what is shown comes from the tables above.
   CREATE VIRTUAL TABLE words USING fts5 (prompt, negative, model, name, tag, content = '', contentless_delete = 1,
     tokenize = 'unicode61 remove_diacritics 2');
   CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, 'col');`,
];
