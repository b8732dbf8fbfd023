"""Results for ASEM that COINr itself has printed, to as many digits as it printed: the published
index, and in its documentation (articles "results", "overview" and "treat") the whole example coin,
the same without imputation, and what was done to outliers."""

ELEMENTS = ["index", "Conn", "Sust", "Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ",
            "Social", "SusEcFin"]
# Units in the order of their ranks.
TABLES = {
    "full": {
        "CHE": [68.38, 62.79, 73.98, 63.41, 32.87, 74.78, 85.94, 56.93, 77.21, 87.85, 56.88],
        "NLD": [64.82, 61.94, 67.70, 64.87, 46.62, 84.55, 71.74, 41.92, 58.73, 86.58, 57.78],
        "DNK": [64.80, 57.10, 72.51, 50.52, 30.43, 78.13, 75.35, 51.04, 69.83, 86.40, 61.29],
        "NOR": [64.47, 57.44, 71.50, 58.18, 25.70, 80.03, 89.46, 33.80, 70.90, 87.00, 56.59],
        "BEL": [63.54, 63.99, 63.09, 71.97, 48.22, 80.84, 75.60, 43.32, 53.01, 86.17, 50.09],
        "SWE": [63.00, 53.87, 72.12, 51.51, 23.87, 80.98, 74.51, 38.50, 66.37, 87.74, 62.27],
    },
    "unimputed": {
        "CHE": [68.33, 62.18, 74.48, 64.37, 33.30, 73.03, 83.32, 56.87, 78.13, 87.63, 57.67],
        "DNK": [64.47, 56.05, 72.90, 50.17, 30.52, 76.98, 71.59, 51.01, 70.53, 86.17, 61.99],
        "NLD": [64.46, 61.32, 67.60, 68.15, 45.11, 83.49, 67.96, 41.86, 57.14, 86.00, 59.65],
        "NOR": [64.23, 56.53, 71.93, 57.45, 25.39, 78.95, 87.10, 33.75, 71.55, 87.04, 57.20],
        "BEL": [63.11, 63.02, 63.19, 71.80, 48.65, 79.57, 71.84, 43.27, 52.00, 85.36, 52.22],
        "SWE": [62.82, 52.88, 72.77, 51.90, 23.93, 80.10, 70.04, 38.43, 68.34, 86.92, 63.04],
    },
}
INDEX = {
    "published": {"DEU": 75.227805, "GBR": 68.936338, "FRA": 65.918139, "CHE": 62.605877,
                  "MNG": 34.725203, "BRN": 31.705371},
}
# Indicator: what was done, points, skewness and kurtosis after it.
OUTLIERS = {
    "treated": {
        "LPI": ("none", 0, -0.3042681, -0.6567514), "Ship": ("none", 0, -0.5756680, -0.6814795),
        "Services": ("none", 0, 1.7010849, 2.3756557), "Flights": ("winsorise", 1, 1.900658, 3.336065),
        "Bord": ("winsorise", 1, 1.899211, 4.346298), "Elec": ("winsorise", 1, 1.717744, 2.586062),
        "Gas": ("winsorise", 1, 1.602518, 1.525576), "Goods": ("winsorise", 2, 1.140608, 0.1572047),
    },
    "once": {
        "Goods": ("log", 0, 0.03104001, -0.8888965), "Flights": ("log", 0, -0.09502644, -0.8305217),
        "Gas": ("winsorise", 1, 1.602518, 1.525576),
    },
}


def scores(faults, name, rows):
    found = {r["unit"]: r for r in rows}
    for unit, values in TABLES.get(name, {}).items():
        for element, value in zip(ELEMENTS, values):
            if abs(float(found[unit][element]) - value) > 0.005 + 1e-9:
                faults.append(f"{name} {unit} {element}: {found[unit][element]} instead of {value}")
    for unit, value in INDEX.get(name, {}).items():
        if abs(float(found[unit]["index"]) - value) > 5e-7:
            faults.append(f"{name} {unit}: {found[unit]['index']} instead of {value}")


def ranks(faults, name, rows):
    found = {r["rank"]: r["unit"] for r in rows}
    for place, unit in enumerate(TABLES.get(name, {}), 1):
        if found[str(place)] != unit:
            faults.append(f"{name}: {found[str(place)]} instead of {unit} on rank {place}")


def treatments(faults, name, rows):
    found = {r["indicator"]: r for r in rows}
    for indicator, (applied, points, *shape) in OUTLIERS.get(name, {}).items():
        r = found[indicator]
        told = (r["applied"], int(r["points_high"]) + int(r["points_low"]))
        if told != (applied, points):
            faults.append(f"{name} {indicator}: {told} instead of {(applied, points)}")
        for column, value in zip(("skewness_after", "kurtosis_after"), shape):
            if abs(float(r[column]) - value) > 1e-6:
                faults.append(f"{name} {indicator} {column}: {r[column]} instead of {value}")
