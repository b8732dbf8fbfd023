"""Holds what `locate` found to shapely, and to pyproj where points are in another system.

    places.py points GEOJSON OUT.csv SEED COUNT     writes random points, many of them on borders
    places.py check GEOJSON OUT.csv FOUND.csv [CRS] compares id by id
"""

import csv
import json
import random
import sys

import pyproj
import shapely
from shapely.geometry import shape


def districts(path):
    with open(path, encoding="utf-8") as file:
        features = json.load(file)["features"]
    return [(f["properties"]["code"], shape(f["geometry"])) for f in features]


def points(path, out, seed, count):
    draw = random.Random(seed)
    areas = [area for _, area in districts(path)]
    box = shapely.union_all(areas).bounds
    vertices = [p for area in areas for p in shapely.get_coordinates(area)]
    with open(out, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "lon", "lat"])
        for number in range(count):
            kind = draw.randrange(10)
            if kind == 0:
                x, y = draw.choice(vertices)
            elif kind == 1:
                at = draw.randrange(len(vertices) - 1)
                (x0, y0), (x1, y1) = vertices[at], vertices[at + 1]
                x, y = (x0 + x1) / 2, (y0 + y1) / 2
            else:
                margin = 0.05 * (box[2] - box[0])
                x = draw.uniform(box[0] - margin, box[2] + margin)
                y = draw.uniform(box[1] - margin, box[3] + margin)
            writer.writerow([number, f"{x:.12f}", f"{y:.12f}"])


def expected(areas, x, y):
    point = shapely.Point(x, y)
    for code, area in areas:
        if area.contains(point):
            return code
    return next((code for code, area in areas if area.intersects(point)), "")


def check(path, out, found, crs=None):
    areas = districts(path)
    carry = pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True) if crs else None
    with open(found, encoding="utf-8-sig") as file:
        located = {row["id"]: row["code"] for row in csv.DictReader(file)}
    wrong = border = rows = near = 0
    with open(out, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            x, y = float(row["lon"]), float(row["lat"])
            if carry:
                x, y = carry.transform(x, y)
            rows += 1
            code = expected(areas, x, y)
            point = shapely.Point(x, y)
            border += any(area.boundary.intersects(point) for _, area in areas)
            if located[row["id"]] != code:
                # Two PROJs may differ by a nanometre, where the border is nearer than that.
                if carry and min(a.boundary.distance(point) for _, a in areas) < 1e-11:
                    near += 1
                    continue
                wrong += 1
                print(f"{row['id']}: {x} {y}: {located[row['id']]!r}, shapely {code!r}")
    print(f"{rows} points, {border} on borders, {near} too near to tell, {wrong} differ")
    sys.exit(1 if wrong or rows != len(located) else 0)


def carried(out, into, crs):
    """Rewrites the points into another system, with micrometres."""
    carry = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    with open(out, encoding="utf-8") as source, open(into, "w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(["id", "lon", "lat"])
        for row in csv.DictReader(source):
            x, y = carry.transform(float(row["lon"]), float(row["lat"]))
            writer.writerow([row["id"], f"{x:.6f}", f"{y:.6f}"])


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "points":
        points(rest[0], rest[1], int(rest[2]), int(rest[3]))
    elif command == "carry":
        carried(*rest)
    else:
        check(*rest)
