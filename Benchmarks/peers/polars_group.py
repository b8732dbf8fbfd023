"""Group by district and category: count, mean and sum of the amount, with Polars (streaming)."""
import os
import sys

source, target, threads = sys.argv[1], sys.argv[2], sys.argv[3]
os.environ["POLARS_MAX_THREADS"] = threads
import polars as pl  # noqa: E402 (the variable must be set before)

frame = (
    pl.scan_csv(source, schema_overrides={"montant": pl.Float64})
    .group_by("quartier", "categorie")
    .agg(
        pl.len().alias("demandes"),
        pl.col("montant").mean().alias("moyenne"),
        pl.col("montant").sum().alias("total"),
    )
    .sort("quartier", "categorie")
)
frame.collect(engine="streaming").write_csv(target)
