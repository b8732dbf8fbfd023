"""Makes a project's ledger and vault look a year old."""
import sqlite3
import sys

folder = sys.argv[1]
with sqlite3.connect(folder + "/ledger.sqlite") as ledger:
    ledger.execute("UPDATE run SET started = '2020-01-01T00:00:00Z'")
with sqlite3.connect(folder + "/vault.sqlite") as vault:
    vault.execute("UPDATE token SET used = '2020-01-01'")
