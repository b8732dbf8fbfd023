"""Numbers right and wrong, and what python-stdnum says of them.

identifiers.py make FILE    writes a table with a column a kind
identifiers.py check FILE REDACTED    holds what was replaced to python-stdnum
"""

import csv
import random
import sys

from stdnum import iban, luhn
from stdnum.be import ssn
from stdnum.ca import sin
from stdnum.dz import nif
from stdnum.fr import nir, siren, siret
from stdnum.ma import ice
from stdnum.tn import mf

ROWS = 4000


def digits(draw, count):
    return "".join(draw.choice("0123456789") for _ in range(count))


def check(draw, length, is_valid, start=""):
    """Digits whose last one makes them right."""
    body = start + digits(draw, length - 1 - len(start))
    return next(body + d for d in "0123456789" if is_valid(body + d))


def grouped(draw, number, *sizes):
    """Dense, or in the groups that it is usually written in."""
    if draw.random() < 0.5:
        return number
    parts, place = [], 0
    for size in sizes:
        parts.append(number[place : place + size])
        place += size
    return draw.choice([" ", "\u00a0", "\u202f"]).join(parts)


def wrong(draw, number, first=0):
    """The number with one digit changed, or two neighbours swapped, from a place on."""
    places = [i for i in range(first, len(number)) if number[i].isdigit()]
    place = draw.choice(places)
    if draw.random() < 0.3 and place + 1 < len(number) and number[place + 1].isdigit():
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:place] + digits(draw, 1) + number[place + 1 :]


def make_nir(draw):
    place = draw.choice(["2A", "2B", "75", "44", "97", "99"]) + digits(draw, 3)
    month = draw.choice([draw.randint(1, 12), draw.randint(20, 42), draw.randint(50, 99)])
    body = f"{draw.choice('123478')}{digits(draw, 2)}{month:02}{place}{digits(draw, 3)}"
    return body + nir.calc_check_digits(body)


def make_niss(draw):
    year, month = draw.randint(0, 24), draw.randint(1, 12) + draw.choice([0, 0, 20, 40])
    body = f"{year:02}{month:02}{draw.randint(1, 28):02}{digits(draw, 3)}"
    return body + f"{97 - int(draw.choice(['', '2']) + body) % 97:02}"


def make_siret(draw):
    if draw.random() < 0.3:
        return check(draw, 14, siret.is_valid, "356000000")
    return check(draw, 14, siret.is_valid, check(draw, 9, siren.is_valid))


def make_ice(draw):
    body = digits(draw, 13)
    return body + f"{(97 - int(body) * 100 % 97) % 97:02}"


def make_iban(draw):
    country, length, letters = draw.choice(
        [("FR", 27, 0), ("BE", 16, 0), ("TN", 24, 0), ("DE", 22, 0), ("GB", 22, 4), ("CH", 21, 0)]
        + [("LU", 20, 0), ("NL", 18, 4), ("MR", 27, 0), ("PT", 25, 0)])
    body = "".join(draw.choice("ABCXYZ") for _ in range(letters))
    body += digits(draw, length - 4 - letters)
    return country + iban.calc_check_digits(country + "00" + body) + body


def make_card(draw):
    return check(draw, draw.randint(13, 19), luhn.is_valid, draw.choice("23456"))


def make_mf(draw):
    number = digits(draw, 7) + draw.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if draw.random() < 0.4:
        return number
    return f"{number}/{draw.choice('ABCDNP')}/{draw.choice('CEMNPX')}/{draw.choice(['000', '001'])}"


def domain_of_nir(number):
    """Narrower than the oracle: a sex and a month that exist."""
    number = nir.compact(number)
    month = int(number[3:5])
    return number[0] in "123478" and (1 <= month <= 12 or 20 <= month <= 42 or 50 <= month <= 99)


KINDS = {
    "nir": (
        lambda d: grouped(d, d.choice([make_nir(d), wrong(d, make_nir(d))]), 1, 2, 2, 2, 3, 3, 2),
        lambda n: nir.is_valid(plain(n)) and domain_of_nir(plain(n))),
    "niss": (
        lambda d: grouped(d, d.choice([make_niss(d), wrong(d, make_niss(d), 6)]), 2, 2, 2, 3, 2),
        lambda n: ssn.is_valid(plain(n))),
    "sin": (
        lambda d: grouped(
            d, d.choice([check(d, 9, luhn.is_valid), wrong(d, check(d, 9, luhn.is_valid))]), 3, 3, 3),
        lambda n: sin.is_valid(plain(n))),
    "siren": (
        lambda d: grouped(
            d, d.choice([check(d, 9, siren.is_valid), wrong(d, check(d, 9, siren.is_valid))]),
            3, 3, 3),
        lambda n: siren.is_valid(plain(n))),
    "siret": (
        lambda d: grouped(d, d.choice([make_siret(d), wrong(d, make_siret(d), 9)]), 3, 3, 3, 5),
        lambda n: siret.is_valid(plain(n))),
    "ice": (
        lambda d: grouped(d, d.choice([make_ice(d), wrong(d, make_ice(d))]), 3, 3, 3, 3, 3),
        lambda n: ice.is_valid(plain(n))),
    "iban": (
        lambda d: grouped(d, d.choice([make_iban(d), wrong(d, make_iban(d), 2)]), *([4] * 7)).strip(),
        lambda n: iban.is_valid(plain(n), check_country=False)),
    "credit_card": (
        lambda d: d.choice([make_card(d), wrong(d, make_card(d), 1)]),
        lambda n: luhn.is_valid(plain(n))),
    "matricule_fiscal": (make_mf, lambda n: mf.is_valid(plain(n))),
    "nif": (
        lambda d: "NIF : " + digits(d, d.choice([14, 15, 15, 16, 19, 20, 20])),
        lambda n: nif.is_valid(plain(n)[6:])),
}


def plain(number):
    return number.replace("\u00a0", " ").replace("\u202f", " ")


def make(path):
    draw = random.Random(2026)
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(KINDS)
        for _ in range(ROWS):
            writer.writerow([make(draw) for make, _ in KINDS.values()])


def check_all(path, redacted):
    failures = 0
    with open(path, encoding="utf-8") as left, open(redacted, encoding="utf-8") as right:
        rows = list(zip(csv.DictReader(left), csv.DictReader(right), strict=True))
    for kind, (_, is_valid) in KINDS.items():
        valid = 0
        for before, after in rows:
            expected = is_valid(before[kind])
            valid += expected
            found = "#" in after[kind]
            if found and after[kind] not in ("#", "NIF : #"):
                print(f"{kind}: {before[kind]!r} became {after[kind]!r}")
                failures += 1
            elif found != expected:
                print(f"{kind}: {before[kind]!r} found {found}, python-stdnum {expected}")
                failures += 1
        print(f"{kind}: {valid} valid and {len(rows) - valid} invalid of {len(rows)} alike")
        if min(valid, len(rows) - valid) < 400:
            print(f"{kind}: too few of one sort")
            failures += 1
    sys.exit(1 if failures else 0)


if sys.argv[1] == "make":
    make(sys.argv[2])
else:
    check_all(sys.argv[2], sys.argv[3])
