"""Replaces a ledger by one of the first schema with one run in it, as early versions wrote it."""

import os
import sqlite3
import sys

path = sys.argv[1]
for ending in ("", "-wal", "-shm"):
    if os.path.exists(path + ending):
        os.remove(path + ending)
ledger = sqlite3.connect(path)
ledger.executescript(
    """
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('1');
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
    INSERT INTO run VALUES (1, 'essai', '2026-01-01T00:00:00Z', 1.5, 0, '0.0.9', 'seuil=1');
    INSERT INTO input VALUES (1, 'lignes', 'lignes.csv', 'ab', 10, 7, 1, 0);
    INSERT INTO output VALUES (1, 'detail', 'out/detail.csv', 'internal', 2, 10, 'cd', 'cd');
    INSERT INTO step VALUES (1, 'propres', 'filter', 'in', 7);
    """
)
ledger.commit()
ledger.close()
