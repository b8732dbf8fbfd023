"""The works that are timed: what Octroi runs, who else does the same, how results are compared."""
from dataclasses import dataclass, field

GROUPS = {"quartier": "key", "categorie": "key", "demandes": "count", "moyenne": "micro",
          "total": "cent"}


@dataclass
class Work:
    """One row of the table."""

    name: str
    title: str
    # Octroi's pipeline, and the output to compare, both without folder.
    pipeline: str
    output: str
    # The input that peers are given.
    source: str
    peers: tuple = ("duckdb", "polars")
    # Columns of a table of groups with how they are compared; none: the rows are compared whole.
    columns: dict = field(default_factory=dict)
    # Columns that each contestant writes in its own way: compared by their number of values.
    own: tuple = ()
    # Amounts in large tables: `12.5` is `12.50`, and no amount is 0 (Polars sums nothing to 0).
    amounts: tuple = ()
    # Whether rows of the same key may come in any order: (names of the key columns).
    ordered_by: tuple = ()
    # Whether the engine alone is timed too, and whether with fewer threads.
    engine: bool = False
    threads: tuple = ()
    memory_mib: int = 1024


WORKS = [
    Work("a", "plain CSV: group by two fields; count, mean, sum", "group.yml", "group.csv",
         "requests.csv", ("duckdb", "polars", "miller"), GROUPS, engine=True),
    Work("b", "the same from .csv.gz", "group-gz.yml", "group-gz.csv", "requests.csv.gz",
         columns=GROUPS, engine=True),
    Work("b-undeclared", "the same, encoding and dialect left to be found", "group-gz-found.yml",
         "group-gz-found.csv", "requests.csv.gz", (), GROUPS),
    Work("c", "distinct e-mails by district", "distinct.yml", "distinct.csv", "requests.csv",
         columns={"quartier": "key", "courriels": "count"}, engine=True),
    Work("d", "researchers' export to csv.gz", "export.yml", "export.csv.gz", "requests.csv",
         own=("courriel",), amounts=("montant",)),
    Work("e", "the same from ten monthly .csv.gz", "export-months.yml", "export-months.csv.gz",
         "months", (), own=("courriel",), amounts=("montant",),
         threads=(1,)),
    Work("f", "Windows-1252, ';', decimal comma: group as in a", "group-french.yml",
         "group-french.csv", "french.csv", columns=GROUPS),
    Work("f-undeclared", "the same, encoding and dialect left to be found",
         "group-french-found.yml", "group-french-found.csv", "french.csv", (), GROUPS),
    Work("g-sort", "sort by two fields in 256 MiB", "sort.yml", "sort.csv", "requests.csv",
         amounts=("montant",), ordered_by=("quartier", "ouverture"), memory_mib=256),
    Work("g-keys", "group by 7 M different keys in 256 MiB", "manykeys.yml", "manykeys.csv",
         "requests.csv", amounts=("total",), memory_mib=256),
    Work("h", "filter, derive, join, aggregate, sort", "five.yml", "five.csv", "requests.csv",
         columns={"quartier": "key", "annee": "key", "demandes": "count", "total": "cent",
                  "par_millier": "micro"}),
]
