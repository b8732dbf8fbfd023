"""Does one of the works with DuckDB: WORK SOURCE TARGET THREADS MEMORY_MIB FOLDER."""
import hashlib
import sys

import duckdb

work, source, target, threads, memory, folder = sys.argv[1:7]
TEXT = ["id", "ouverture", "cloture", "statut", "categorie", "quartier", "canal", "nom",
        "courriel", "telephone"]
COLUMNS = ", ".join(f"'{name}': 'VARCHAR'" for name in TEXT)
AMOUNT = "'montant': 'DECIMAL(18,2)', 'commentaire': 'VARCHAR'"


def read(columns, extra=""):
    return f"read_csv('{source}', header = true, columns = {{{columns}}}{extra})"


PLAIN = read(f"{COLUMNS}, {AMOUNT}", ", delim = ','")
GROUP = (
    "SELECT quartier, categorie, count(*) AS demandes, avg(montant) AS moyenne, "
    "sum(montant) AS total FROM {} GROUP BY ALL ORDER BY ALL"
)


def hmac_sql(column):
    """HMAC-SHA-256 of RFC 2104, put together from DuckDB's own sha256."""
    key = hashlib.sha256(b"cle du banc d'essai").digest().ljust(64, b"\0")
    inner = "".join(f"\\x{byte ^ 0x36:02X}" for byte in key)
    outer = "".join(f"\\x{byte ^ 0x5C:02X}" for byte in key)
    return (f"sha256('{outer}'::BLOB || unhex(sha256('{inner}'::BLOB || encode({column}))))[1:32]")


# Windows-1252 is read as Latin-1: as near as DuckDB comes without an extension.
FRENCH = read(
    f"{COLUMNS}, {AMOUNT}", ", delim = ';', decimal_separator = ',', encoding = 'latin-1'")

WORKS = {
    "a": GROUP.format(PLAIN),
    "b": GROUP.format(PLAIN),
    "c": f"SELECT quartier, count(DISTINCT courriel) AS courriels FROM {PLAIN} "
         "GROUP BY quartier ORDER BY quartier",
    "d": "SELECT id, strftime(date_trunc('month', ouverture::DATE), '%Y-%m-%d') AS ouverture, "
         "strftime(date_trunc('year', cloture::DATE), '%Y-%m-%d') AS cloture, statut, categorie, "
         f"quartier, canal, {hmac_sql('courriel')} AS courriel, montant, commentaire FROM {PLAIN}",
    "f": GROUP.format(FRENCH),
    "g-sort": f"SELECT * FROM {PLAIN} ORDER BY quartier, ouverture",
    "g-keys": f"SELECT id, count(*) AS demandes, sum(montant) AS total FROM {PLAIN} "
              "GROUP BY id ORDER BY id",
    "h": "WITH chosen AS (SELECT quartier, year(ouverture::DATE) AS annee, montant * 1.2 AS ttc "
         f"FROM {PLAIN} WHERE statut <> 'sans suite' AND montant > 0) "
         "SELECT quartier, annee, count(*) AS demandes, sum(ttc) AS total, "
         "1000 * count(*) / first(population) AS par_millier FROM chosen "
         f"JOIN read_csv('{folder}/districts.csv') USING (quartier) GROUP BY quartier, annee "
         "ORDER BY demandes DESC, quartier, annee",
}

con = duckdb.connect()
con.execute(f"SET threads = {int(threads)}")
if work.startswith("g"):
    con.execute(f"SET memory_limit = '{int(memory)}MiB'")
    con.execute(f"SET temp_directory = '{folder}/duckdb-spill'")
options = "HEADER, DELIMITER ','" + (", COMPRESSION gzip" if target.endswith(".gz") else "")
con.execute(f"COPY ({WORKS[work]}) TO '{target}' ({options})")
