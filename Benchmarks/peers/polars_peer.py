"""Does one of the works with Polars, streaming: WORK SOURCE TARGET THREADS MEMORY_MIB FOLDER."""
import gzip
import hashlib
import hmac
import os
import sys

work, source, target, threads, memory, folder = sys.argv[1:7]
os.environ["POLARS_MAX_THREADS"] = threads
import polars as pl  # noqa: E402 (the variable must be set before)

TEXT = ["id", "ouverture", "cloture", "statut", "categorie", "quartier", "canal", "nom",
        "courriel", "telephone", "commentaire"]
TYPES = {**{name: pl.String for name in TEXT}, "montant": pl.Float64}


def plain():
    return pl.scan_csv(source, schema_overrides=TYPES)


def group(frame):
    return (
        frame.group_by("quartier", "categorie")
        .agg(
            pl.len().alias("demandes"),
            pl.col("montant").mean().alias("moyenne"),
            pl.col("montant").sum().alias("total"),
        )
        .sort("quartier", "categorie")
    )


def french():
    """Polars' own way with other encodings: read whole, decoded before it is parsed."""
    frame = pl.read_csv(
        source, separator=";", decimal_comma=True, encoding="windows-1252",
        schema_overrides=TYPES)
    return group(frame.lazy())


def export():
    """Dates cut by Polars; the HMAC by Python for each different e-mail, for Polars has none."""
    key = hashlib.sha256(b"cle du banc d'essai").digest()

    def pseudonyms(column):
        distinct = column.unique()
        coded = [hmac.new(key, text.encode(), "sha256").hexdigest()[:32] for text in distinct]
        return column.replace_strict(distinct, pl.Series(coded))

    def cut(name, unit):
        return pl.col(name).str.to_date("%Y-%m-%d").dt.truncate(unit).dt.to_string("%Y-%m-%d")

    frame = pl.read_csv(source, schema_overrides={**TYPES, "montant": pl.Decimal(18, 2)})
    return frame.select(
        "id", cut("ouverture", "1mo"), cut("cloture", "1y"), "statut", "categorie", "quartier",
        "canal", pl.col("courriel").map_batches(pseudonyms, return_dtype=pl.String), "montant",
        "commentaire")


def five():
    population = pl.scan_csv(f"{folder}/districts.csv")
    return (
        plain()
        .filter((pl.col("statut") != "sans suite") & (pl.col("montant") > 0))
        .with_columns(
            pl.col("ouverture").str.to_date("%Y-%m-%d").dt.year().alias("annee"),
            (pl.col("montant") * 1.2).alias("ttc"))
        .join(population, on="quartier")
        .group_by("quartier", "annee")
        .agg(
            pl.len().alias("demandes"),
            pl.col("ttc").sum().alias("total"),
            (1000 * pl.len() / pl.col("population").first()).alias("par_millier"))
        .sort(["demandes", "quartier", "annee"], descending=[True, False, False])
    )


WORKS = {
    "a": lambda: group(plain()),
    "b": lambda: group(plain()),
    "c": lambda: plain().group_by("quartier").agg(
        pl.col("courriel").n_unique().alias("courriels")).sort("quartier"),
    "d": export,
    "f": french,
    "g-sort": lambda: plain().with_columns(pl.col("montant").cast(pl.Decimal(18, 2))).sort(
        "quartier", "ouverture"),
    "g-keys": lambda: pl.scan_csv(
        source, schema_overrides={**TYPES, "montant": pl.Decimal(18, 2)}).group_by("id").agg(
            pl.len().alias("demandes"), pl.col("montant").sum().alias("total")).sort("id"),
    "h": five,
}

result = WORKS[work]()
if isinstance(result, pl.LazyFrame):
    result = result.collect(engine="streaming")
if target.endswith(".gz"):
    with gzip.open(target, "wb", compresslevel=6) as out:
        result.write_csv(out)
else:
    result.write_csv(target)
