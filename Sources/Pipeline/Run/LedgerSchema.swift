import GRDB

/// The ledger's tables, as they grew.
enum LedgerSchema {
  static var migrations: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: first) }
    migrator.registerMigration("2") { try $0.execute(sql: accounts) }
    migrator.registerMigration("keeping") { try $0.execute(sql: keeping) }
    migrator.registerMigration("releases") { try $0.execute(sql: releases) }
    migrator.registerMigration("budget") { try $0.execute(sql: budget) }
    migrator.registerMigration("persons") { try $0.execute(sql: persons) }
    migrator.registerMigration("tables") { try $0.execute(sql: tables) }
    return migrator
  }

  /// Debits of noisy releases, with their costs as `PrivacyCost` counts them; epsilon is null where
  /// the noise is not pure.
  private static let budget = """
    CREATE TABLE budget (
      id INTEGER PRIMARY KEY, time TEXT NOT NULL, pipeline TEXT NOT NULL, source TEXT NOT NULL,
      audience TEXT NOT NULL, rho INTEGER NOT NULL, epsilon INTEGER, delta INTEGER NOT NULL);
    """

  /// That there were releases of persons' rows; what they held lies elsewhere.
  private static let persons = """
    CREATE TABLE person_release (
      id INTEGER PRIMARY KEY, series TEXT NOT NULL, number INTEGER NOT NULL,
      started TEXT NOT NULL);
    """

  /// Tables about persons as they were published, each as its manifest told it: sizes, hashes,
  /// fields with their classes. They are kept whatever becomes of the runs, so that copies are
  /// known.
  private static let tables = """
    CREATE TABLE published_table (told TEXT NOT NULL UNIQUE);
    """

  private static let first = """
    CREATE TABLE run (
      id INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, started TEXT NOT NULL,
      seconds REAL NOT NULL, outcome INTEGER NOT NULL, version TEXT NOT NULL,
      parameters TEXT NOT NULL);
    CREATE TABLE input (
      run INTEGER NOT NULL REFERENCES run(id), source TEXT NOT NULL, path TEXT NOT NULL,
      identity TEXT NOT NULL, bytes INTEGER NOT NULL, passed INTEGER NOT NULL,
      rejected INTEGER NOT NULL, skipped INTEGER NOT NULL);
    CREATE TABLE output (
      run INTEGER NOT NULL REFERENCES run(id), name TEXT NOT NULL, path TEXT NOT NULL,
      audience TEXT NOT NULL, rows INTEGER NOT NULL, bytes INTEGER NOT NULL,
      sha256 TEXT NOT NULL, content_sha256 TEXT NOT NULL);
    CREATE TABLE step (
      run INTEGER NOT NULL REFERENCES run(id), step TEXT NOT NULL, stage TEXT NOT NULL,
      way TEXT NOT NULL, rows INTEGER NOT NULL);
    """

  /// What `why` compares: each stage's account told apart (place in its step, from 1; kind is in,
  /// out, left or made), which tables a step reads, ways out of a source, and what a run was made
  /// of. A parameter's digest is an HMAC with the ledger's own salt: texts may be personal.
  private static let accounts = """
    ALTER TABLE step ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE step ADD COLUMN kind TEXT NOT NULL DEFAULT '';
    ALTER TABLE output ADD COLUMN step TEXT NOT NULL DEFAULT '';
    CREATE TABLE reading (
      run INTEGER NOT NULL REFERENCES run(id), step TEXT NOT NULL, reads TEXT NOT NULL);
    CREATE TABLE source_way (
      run INTEGER NOT NULL REFERENCES run(id), source TEXT NOT NULL, kind TEXT NOT NULL,
      way TEXT NOT NULL, rows INTEGER NOT NULL);
    CREATE TABLE definition (
      run INTEGER NOT NULL REFERENCES run(id), path TEXT NOT NULL, sha256 TEXT NOT NULL);
    CREATE TABLE parameter (
      run INTEGER NOT NULL REFERENCES run(id), name TEXT NOT NULL, shown TEXT,
      digest TEXT NOT NULL);
    CREATE TABLE salt (value BLOB NOT NULL);
    INSERT INTO salt VALUES (randomblob(32));
    CREATE INDEX step_of_run ON step (run);
    CREATE INDEX input_of_run ON input (run);
    """

  /// What `protect_table` needs: the tables that were published, their cells under keyed hashes.
  /// They are kept whatever becomes of the runs: what was published stays known.
  private static let releases = """
    CREATE TABLE release (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, started TEXT NOT NULL);
    CREATE TABLE released (
      release INTEGER NOT NULL REFERENCES release(id), cell TEXT NOT NULL,
      count INTEGER NOT NULL, hidden INTEGER NOT NULL);
    CREATE INDEX released_of_release ON released (release);
    """

  /// What `purge` and `forget` need: files beside outputs, what was purged, and how pseudonyms in
  /// outputs were made and who may have received them.
  private static let keeping = """
    CREATE TABLE companion (
      run INTEGER NOT NULL REFERENCES run(id), output TEXT NOT NULL, path TEXT NOT NULL,
      audience TEXT NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL);
    CREATE TABLE purged (
      day TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT,
      count INTEGER NOT NULL, kept_days INTEGER NOT NULL);
    CREATE TABLE pseudonym (
      run INTEGER NOT NULL, output TEXT NOT NULL, path TEXT NOT NULL, audience TEXT NOT NULL,
      recipients TEXT NOT NULL, started TEXT NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL,
      domain TEXT NOT NULL, format TEXT NOT NULL, length INTEGER NOT NULL, key INTEGER);
    """
}
