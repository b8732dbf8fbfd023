"""Holds events (a line of JSON each, on standard input) to OpenLineage 2-0-2. Prints what was counted."""
import datetime
import json
import sys
import urllib.parse
import uuid


def is_uri(text):
    assert urllib.parse.urlsplit(text).scheme, text


def facets(node, where):
    for name, facet in (node or {}).items():
        is_uri(facet["_producer"])
        assert facet["_schemaURL"].startswith("https://openlineage.io/spec/facets/"), facet
        assert where.setdefault(name, facet["_schemaURL"]) == facet["_schemaURL"]


REQUIRED = {
    "processing_engine": ["version"], "errorMessage": ["message", "programmingLanguage"],
    "version": ["datasetVersion"], "schema": ["fields"], "columnLineage": ["fields"],
    "dataQualityMetrics": ["columnMetrics"], "dataQualityAssertions": ["assertions"],
    "outputStatistics": ["rowCount"],
}
events = [json.loads(line) for line in sys.stdin.read().splitlines()]
seen, runs = {}, {}
for event in events:
    assert event["schemaURL"].startswith("https://openlineage.io/spec/2-0-2/OpenLineage.json#")
    is_uri(event["producer"])
    time = datetime.datetime.fromisoformat(event["eventTime"])
    assert time.tzinfo is not None
    assert str(uuid.UUID(event["run"]["runId"])) == event["run"]["runId"]
    assert event["job"]["namespace"] and event["job"]["name"]
    runs.setdefault(event["run"]["runId"], []).append((event["eventType"], time))
    facets(event["run"]["facets"], seen)
    assert ("errorMessage" in event["run"]["facets"]) == (event["eventType"] == "FAIL")
    names = {set_["name"] for set_ in event["inputs"]}
    for set_ in event["inputs"] + event["outputs"]:
        assert set_["namespace"] == event["job"]["namespace"] and set_["name"]
        assert not set_["name"].startswith("/"), set_["name"]
        for kind in ("facets", "inputFacets", "outputFacets"):
            facets(set_.get(kind), seen)
            for name, facet in (set_.get(kind) or {}).items():
                assert all(key in facet for key in REQUIRED[name]), facet
        lineage = (set_.get("facets") or {}).get("columnLineage", {"fields": {}})["fields"]
        for field in lineage.values():
            assert all(each["name"] in names and each["field"] for each in field["inputFields"])
for told in runs.values():
    assert [kind for kind, _ in told][0] == "START" and len(told) == 2, told
    assert told[1][0] in ("COMPLETE", "FAIL", "ABORT") and told[0][1] <= told[1][1]
print(len(runs), "runs", " ".join(sorted(seen)))
