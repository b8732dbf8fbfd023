"""What pycanon says of a published table: a line of JSON.

usage: classes.py FILE quasi,quasi… sensitive,sensitive…
"""

import json
import sys

import pandas
from pycanon import anonymity

path, quasi, sensitive = sys.argv[1], sys.argv[2].split(","), sys.argv[3].split(",")
table = pandas.read_csv(path, dtype=str, keep_default_na=False)
told = {"k": anonymity.k_anonymity(table, quasi)}
for name in sensitive:
    own = table.copy()
    own[name] = own[name].astype(object)
    told[name] = {
        "l": anonymity.l_diversity(own, quasi, [name]),
        "entropy": anonymity.entropy_l_diversity(own, quasi, [name]),
        "t_equal": float(anonymity.t_closeness(own, quasi, [name])),
        "beta": float(anonymity.basic_beta_likeness(own, quasi, [name])),
        "delta": float(anonymity.delta_disclosure(own, quasi, [name])),
    }
    if all(value.lstrip("-").isdigit() for value in own[name]):
        own[name] = own[name].astype(int)
        told[name]["t_ordered"] = float(anonymity.t_closeness(own, quasi, [name]))
print(json.dumps(told))
