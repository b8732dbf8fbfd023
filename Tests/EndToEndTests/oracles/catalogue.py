"""Judges a catalogue: Turtle and JSON-LD are one graph, which keeps DCAT-AP's mandatory facts.

    catalogue.py TURTLE JSONLD SCDL

Prints titles of data sets, each as JSON, then what was counted.
"""
import csv
import datetime
import json
import os
import re
import sys

import rdflib
from pyshacl import validate
from rdflib.compare import isomorphic, to_isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, RDF

turtle, json_ld, scdl = sys.argv[1:]
graph = rdflib.Graph().parse(turtle, format="turtle")
other = rdflib.Graph().parse(json_ld, format="json-ld")
assert isomorphic(graph, other), "Turtle and JSON-LD differ"

shapes = rdflib.Graph().parse(
    os.path.join(os.path.dirname(__file__), "dcat-ap.ttl"), format="turtle")
conforms, _, text = validate(graph, shacl_graph=shapes, advanced=True)
assert conforms, text

# The judge judges: without any of these the catalogue is refused.
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
mandatory = [
    (DCAT.Catalog, DCTERMS.title), (DCAT.Catalog, DCTERMS.description),
    (DCAT.Catalog, DCTERMS.publisher), (DCAT.Dataset, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.description), (DCAT.Distribution, DCAT.accessURL),
    (FOAF.Agent, FOAF.name), (SPDX.Checksum, SPDX.algorithm), (SPDX.Checksum, SPDX.checksumValue),
]
for kind, predicate in mandatory:
    poorer = rdflib.Graph()
    subject = next(graph.subjects(RDF.type, kind))
    for triple in graph:
        if not (triple[0] == subject and triple[1] == predicate):
            poorer.add(triple)
    assert len(poorer) < len(graph), (kind, predicate)
    assert not validate(poorer, shacl_graph=shapes, advanced=True)[0], (kind, predicate)

# The schema's rules: 20 fields, none empty, patterns and lists of values.
COLUMNS = (
    "COLL_NOM COLL_SIRET ID TITRE DESCRIPTION THEME PRODUCTEUR_NOM PRODUCTEUR_SIRET "
    "COUV_SPAT_MAILLE COUV_SPAT_NOM COUV_TEMP_DEBUT COUV_TEMP_FIN DATE_PUBL FREQ_MAJ DATE_MAJ "
    "MOTS_CLES LICENCE NOMBRE_RESSOURCES FORMAT_RESSOURCES URL").split()
LEVELS = "Infracommunale Communale Intercommunale Cantonale Départementale Régionale Autre".split()
FREQUENCIES = [
    "Inconnue", "Ponctuelle", "Irrégulière", "Continuelle", "Toutes les heures",
    "Quotidienne ou plusieurs fois par jour", "Hebdomadaire ou plusieurs fois par semaine",
    "Mensuelle ou plusieurs fois par mois", "Bimestrielle", "Trimestrielle", "Semestrielle",
    "Annuelle", "Biennale", "Triennale", "Quinquennale"]
LICENCES = [
    "Licence Ouverte-LO", "Open Database License-ODBL", "Creative Commons-CC",
    "Spécifique ou autre"]
with open(scdl, encoding="utf-8", newline="") as file:
    lines = list(csv.reader(file, strict=True))
assert lines[0] == COLUMNS, lines[0]
for line in lines[1:]:
    row = dict(zip(COLUMNS, line, strict=True))
    assert all(row.values()), row
    assert re.fullmatch(r"\d{14}", row["COLL_SIRET"]) and re.fullmatch(
        r"\d{14}", row["PRODUCTEUR_SIRET"])
    assert row["COUV_SPAT_MAILLE"] in LEVELS and row["FREQ_MAJ"] in FREQUENCIES
    assert row["LICENCE"] in LICENCES and int(row["NOMBRE_RESSOURCES"]) >= 1
    for day in ("COUV_TEMP_DEBUT", "COUV_TEMP_FIN", "DATE_PUBL", "DATE_MAJ"):
        datetime.date.fromisoformat(row[day])
    assert re.fullmatch(r"https?://[^\s<>\"]+", row["URL"])

sets = sorted(graph.subjects(RDF.type, DCAT.Dataset))
assert {str(graph.value(each, DCTERMS.identifier)) for each in sets} == {
    line[COLUMNS.index("ID")] for line in lines[1:]}
for each in sets:
    print(json.dumps(sorted([t.language, str(t)] for t in graph.objects(each, DCTERMS.title))))
files = len(list(graph.subjects(RDF.type, DCAT.Distribution)))
print(f"{len(sets)} data sets, {files} files")
