import FlowCore
import GRDB

// The tables, and how an older file becomes a newer one.
//
// Migrations are numbered by `PRAGMA user_version`, only ever appended to, and never edited: every file that
// was ever written opens. `application_id` says that a file is a memory database, so that somebody else's
// SQLite file is neither changed nor read as ours.
//
// - `step` has what ranking needs and nothing long, so that its pages hold many steps; the words lie in
//   `body`, and pinning or indexing a step does not write them again.
// - Steps are never deleted: ids count up without a gap and none is used twice.
// - `archive` has one row with the counts over all, kept in each transaction: nothing ever counts rows.
// - `tail`, `segment` and `term_page` are the recall index: see `SQLiteRecallIndex`; `profile` has copies of what
//   ranking needs of `step`: see `ProfileColumns`.
// - `speaker` has each pair of role and name once; a step names it by number.
// - `model_work` has the summaries that a model is being asked for, or could not make; `model_call` is the ledger, a row
//   for each attempt.
// - A summary's row names the version that counts and the summary it is part of.

enum MemorySchema {
  /// `FlwM`, in the file's header.
  static let applicationID = 0x466C_774D

  /// The version that this build writes.
  static var version: Int { migrations.count }

  /// Brings a file up to date, or to the version of an older build, in one transaction.
  ///
  /// - Throws: `file.newer_format` for a file of a newer Flow, `storage.corrupt` for a SQLite file of
  ///   something else.
  static func migrate(_ database: Database, file: String, to version: Int = version) throws {
    guard try found(in: database, file: file) < version else { return }
    try database.inTransaction(.immediate) {
      // Another process may have done it meanwhile.
      let found = try found(in: database, file: file)
      for migration in migrations[found..<version] {
        try database.execute(sql: migration)
      }
      try database.execute(sql: "PRAGMA application_id = \(applicationID); PRAGMA user_version = \(version)")
      return .commit
    }
  }

  /// The version of the tables in a file, 0 for an empty one, once it is clear that it may be ours.
  ///
  /// - Throws: as `migrate`.
  static func found(in database: Database, file: String) throws -> Int {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if application == applicationID, found > 0 {
      guard found <= version else {
        throw FlowError(
          .newerFormat,
          "\(file) has format \(found), this Flow reads up to \(version)",
          hint: "update Flow",
          context: ["file": file, "format": String(found)]
        )
      }
      return found
    }
    let isEmpty = try Row.fetchOne(database, sql: "SELECT 1 FROM sqlite_schema LIMIT 1") == nil
    guard application == 0, found == 0, isEmpty else {
      throw FlowError(
        .corruptStorage,
        "\(file) is a SQLite database of something else",
        hint: "move it away, or point Flow at another project",
        context: ["file": file]
      )
    }
    return 0
  }

  private static let migrations = [
    """
    CREATE TABLE step(
      id INTEGER PRIMARY KEY,
      ts INTEGER NOT NULL,
      role TEXT NOT NULL,
      name TEXT,
      sitting INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      length INTEGER NOT NULL DEFAULT 0,
      pinned INTEGER NOT NULL,
      task TEXT,
      ref TEXT
    ) STRICT;
    CREATE UNIQUE INDEX step_ref ON step(ref) WHERE ref IS NOT NULL;
    CREATE INDEX step_pinned ON step(id) WHERE pinned = 1;
    CREATE TABLE body(
      step INTEGER PRIMARY KEY REFERENCES step(id),
      meta TEXT,
      content TEXT NOT NULL
    ) STRICT;
    CREATE TABLE sitting(
      id INTEGER PRIMARY KEY,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      length INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE speaker(
      name TEXT PRIMARY KEY,
      steps INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE archive(
      id INTEGER PRIMARY KEY CHECK (id = 1),
      steps INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      terms INTEGER NOT NULL,
      sittings INTEGER NOT NULL,
      unsealed INTEGER NOT NULL,
      analysis INTEGER NOT NULL
    ) STRICT;
    INSERT INTO archive VALUES (1, 0, 0, 0, 0, 0, 0);
    CREATE TABLE tail(
      step INTEGER PRIMARY KEY,
      terms BLOB NOT NULL
    ) STRICT;
    CREATE TABLE segment(
      first INTEGER PRIMARY KEY
    ) STRICT;
    CREATE TABLE posting(
      segment INTEGER NOT NULL,
      term TEXT NOT NULL,
      steps BLOB NOT NULL,
      PRIMARY KEY (segment, term)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE summary(
      id INTEGER PRIMARY KEY,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL CHECK (last >= first),
      level INTEGER NOT NULL,
      version INTEGER NOT NULL,
      parent INTEGER REFERENCES summary(id),
      UNIQUE (first, last)
    ) STRICT;
    CREATE INDEX summary_last ON summary(last);
    CREATE INDEX summary_root ON summary(first) WHERE parent IS NULL;
    CREATE TABLE summary_version(
      summary INTEGER NOT NULL REFERENCES summary(id),
      version INTEGER NOT NULL,
      "by" TEXT NOT NULL,
      created INTEGER NOT NULL,
      span_start INTEGER NOT NULL,
      span_end INTEGER NOT NULL,
      source_tokens INTEGER NOT NULL,
      tokens INTEGER NOT NULL,
      bullets TEXT NOT NULL,
      PRIMARY KEY (summary, version)
    ) STRICT, WITHOUT ROWID;
    """,
    // The index of before had other entries: it is emptied, and filled again on the next use.
    """
    DROP TABLE posting;
    DROP TABLE segment;
    DROP TABLE tail;
    DROP TABLE speaker;
    CREATE TABLE speaker(
      number INTEGER PRIMARY KEY,
      role TEXT NOT NULL,
      name TEXT,
      steps INTEGER NOT NULL
    ) STRICT;
    INSERT INTO speaker(role, name, steps)
      SELECT role, name, count(*) FROM step GROUP BY role, name ORDER BY min(id);
    CREATE INDEX speaker_name ON speaker(role, name);
    ALTER TABLE step ADD COLUMN speaker INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE step ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
    UPDATE step SET length = 0, speaker = (
      SELECT number FROM speaker WHERE speaker.role = step.role AND speaker.name IS step.name
    );
    ALTER TABLE step DROP COLUMN role;
    ALTER TABLE step DROP COLUMN name;
    UPDATE sitting SET length = 0;
    UPDATE archive SET terms = 0, unsealed = 0, analysis = 0;
    CREATE TABLE tail(
      step INTEGER PRIMARY KEY,
      terms BLOB NOT NULL
    ) STRICT;
    CREATE TABLE segment(
      id INTEGER PRIMARY KEY,
      level INTEGER NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      postings INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE term_page(
      id INTEGER PRIMARY KEY,
      segment INTEGER NOT NULL,
      first BLOB NOT NULL,
      terms BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX term_page_first ON term_page(segment, first);
    CREATE TABLE profile(
      chunk INTEGER PRIMARY KEY,
      columns BLOB NOT NULL
    ) STRICT;
    """,
    """
    ALTER TABLE summary_version ADD COLUMN prompt TEXT;
    CREATE TABLE model_work(
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      owner TEXT,
      until INTEGER,
      reason TEXT,
      model TEXT NOT NULL,
      prompt TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (first, last),
      CHECK ((owner IS NULL) = (until IS NULL) AND (owner IS NULL) != (reason IS NULL))
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE model_call(
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      model TEXT NOT NULL,
      outcome TEXT NOT NULL,
      input INTEGER,
      cached_read INTEGER,
      cache_write INTEGER,
      output INTEGER,
      cost INTEGER
    ) STRICT;
    """,
  ]
}
