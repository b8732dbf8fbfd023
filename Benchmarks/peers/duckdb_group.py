"""Group by district and category: count, mean and sum of the amount, with DuckDB."""
import sys

import duckdb

source, target, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
con = duckdb.connect()
con.execute(f"SET threads = {threads}")
con.execute(
    """
    COPY (
      SELECT quartier, categorie, count(*) AS demandes, avg(montant) AS moyenne,
             sum(montant) AS total
      FROM read_csv(?, header = true, delim = ',', types = {'montant': 'DECIMAL(18,2)'})
      GROUP BY quartier, categorie ORDER BY quartier, categorie
    ) TO '%s' (HEADER, DELIMITER ',')
    """
    % target.replace("'", "''"),
    [source],
)
