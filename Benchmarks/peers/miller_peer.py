"""Does the first work with Miller: WORK SOURCE TARGET THREADS MEMORY_MIB FOLDER."""
import subprocess
import sys

work, source, target = sys.argv[1:4]
# Empty amounts are not counted by stats1; each row has an id, though.
with open(target, "wb") as out:
    subprocess.run(
        ["mlr", "--icsv", "--ocsv",
         "stats1", "-a", "count,mean,sum", "-f", "id,montant", "-g", "quartier,categorie", "then",
         "cut", "-o", "-f", "quartier,categorie,id_count,montant_mean,montant_sum", "then",
         "rename", "id_count,demandes,montant_mean,moyenne,montant_sum,total", source],
        check=True, stdout=out)
