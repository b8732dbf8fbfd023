"""Loads a YAML file with a YAML 1.2 loader; duplicate keys and unknown tags are errors."""
import sys

from ruamel.yaml import YAML

with open(sys.argv[1], encoding="utf-8") as file:
    document = YAML(typ="safe", pure=True).load(file)
if not isinstance(document, dict) or document.get("octroi") != 1:
    sys.exit(f"{sys.argv[1]}: not an octroi file")
