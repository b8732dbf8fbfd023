"""Writes feries.csv beside itself: public holidays, a row a calendar and day.

    python3 seeds/calendriers/calendriers.py

Fixed days and those that follow from Easter are computed; days of the Islamic calendar are the table
below, since whoever watches the moon decides them. The text of each law comes before this table.
"""

import csv
import datetime
import pathlib

CERTAIN, OBSERVED, ESTIMATED = "certaine", "constatée", "estimée"


def easter(year):
    """Easter Sunday of the Gregorian calendar (anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def monday(year, month, nth):
    """The nth Monday of a month."""
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta((7 - first.weekday()) % 7 + 7 * (nth - 1))


# Name, month, day; from which year on and up to which.
FRANCE = [("Jour de l’an", 1, 1), ("Fête du Travail", 5, 1), ("Victoire 1945", 5, 8),
          ("Fête nationale", 7, 14), ("Assomption", 8, 15), ("Toussaint", 11, 1),
          ("Armistice 1918", 11, 11), ("Noël", 12, 25)]
FIXED = {
    "FR": FRANCE,
    "FR-AM": FRANCE + [("Saint-Étienne", 12, 26)],
    "BE": [("Jour de l’an", 1, 1), ("Fête du Travail", 5, 1), ("Fête nationale", 7, 21),
           ("Assomption", 8, 15), ("Toussaint", 11, 1), ("Armistice", 11, 11), ("Noël", 12, 25)],
    "MA": [("Nouvel an", 1, 1), ("Manifeste de l’indépendance", 1, 11),
           ("Nouvel an amazigh", 1, 14, 2024), ("Fête du Travail", 5, 1), ("Fête du Trône", 7, 30),
           ("Récupération de Oued Eddahab", 8, 14), ("Révolution du Roi et du peuple", 8, 20),
           ("Fête de la jeunesse", 8, 21), ("Fête de l’Unité", 10, 31, 2026),
           ("Marche verte", 11, 6), ("Fête de l’indépendance", 11, 18)],
    "TN": [("Nouvel an", 1, 1), ("Révolution et jeunesse", 1, 14, 0, 2021),
           ("Fête de l’indépendance", 3, 20), ("Journée des martyrs", 4, 9),
           ("Fête du Travail", 5, 1), ("Fête de la République", 7, 25),
           ("Fête de la femme", 8, 13), ("Fête de l’évacuation", 10, 15),
           ("Fête de la révolution", 12, 17, 2021)],
    "CM": [("Nouvel an", 1, 1), ("Fête de la jeunesse", 2, 11), ("Fête du Travail", 5, 1),
           ("Fête nationale", 5, 20), ("Assomption", 8, 15), ("Noël", 12, 25)],
    "CI": [("Nouvel an", 1, 1), ("Fête du Travail", 5, 1), ("Fête nationale", 8, 7),
           ("Assomption", 8, 15), ("Toussaint", 11, 1), ("Journée de la paix", 11, 15),
           ("Noël", 12, 25)],
    "QC": [("Jour de l’an", 1, 1), ("Fête nationale du Québec", 6, 24), ("Noël", 12, 25)],
}
# Days after Easter Sunday.
EASTER = {
    "FR": [("Lundi de Pâques", 1), ("Ascension", 39), ("Lundi de Pentecôte", 50)],
    "FR-AM": [("Vendredi saint", -2), ("Lundi de Pâques", 1), ("Ascension", 39),
              ("Lundi de Pentecôte", 50)],
    "BE": [("Lundi de Pâques", 1), ("Ascension", 39), ("Lundi de Pentecôte", 50)],
    "CM": [("Vendredi saint", -2), ("Ascension", 39)],
    "CI": [("Lundi de Pâques", 1), ("Ascension", 39), ("Lundi de Pentecôte", 50)],
    "QC": [("Vendredi saint", -2)],
}
# The first day by the Umm al-Qura reckoning: what is announced may be a day later, or earlier.
FITR = "2020-05-24 2021-05-13 2022-05-02 2023-04-21 2024-04-10 2025-03-30 2026-03-20 2027-03-09"
ADHA = "2020-07-31 2021-07-20 2022-07-09 2023-06-28 2024-06-16 2025-06-06 2026-05-27 2027-05-16"
HIJRI = "2020-08-20 2021-08-09 2022-07-30 2023-07-19 2024-07-07 2025-06-26 2026-06-16 2027-06-06"
MAWLID = "2020-10-29 2021-10-18 2022-10-08 2023-09-27 2024-09-15 2025-09-04 2026-08-25 2027-08-14"
# 27 Ramadan, after the night of destiny.
DESTINY = "2020-05-20 2021-05-09 2022-04-28 2023-04-18 2024-04-06 2025-03-27 2026-03-16 2027-03-06"
# As Morocco announced them, by its own sight of the moon: the communiqués of its ministry of Habous and
# Islamic affairs, as the press gave them. That of 1 Moharram 1443 was not found; since the month before
# began on 12 July 2021, it was not the 9th of August that is reckoned.
MA_FITR = "2020-05-24 2021-05-13 2022-05-02 2023-04-22 2024-04-10 2025-03-31"
MA_ADHA = "2020-07-31 2021-07-21 2022-07-10 2023-06-29 2024-06-17 2025-06-07"
MA_HIJRI = "2020-08-21 2022-07-30 2023-07-19 2024-07-07 2025-06-27"
MA_MAWLID = "2020-10-29 2021-10-19 2022-10-09 2023-09-28 2024-09-16 2025-09-05"
# Name, estimated and observed first days, offsets of the days off from the first.
MOON = {
    "MA": [("Aïd al-Fitr", FITR, MA_FITR, (0, 1)), ("Aïd al-Adha", ADHA, MA_ADHA, (0, 1)),
           ("1er Moharram", HIJRI.replace("2021-08-09", "2021-08-10"), MA_HIJRI, (0,)),
           ("Aïd al-Mawlid", MAWLID, MA_MAWLID, (0, 1))],
    # Decree 2011-317, up to 2021, gave three days for the end of Ramadan.
    "TN": [("Veille de l’Aïd el-Fitr", FITR[:21], "", (-1,)), ("Aïd el-Fitr", FITR, "", (0, 1)),
           ("Aïd el-Idha", ADHA, "", (0, 1)),
           ("Ras el-Am el-Hijri", HIJRI, "", (0,)), ("Mouled", MAWLID, "", (0,))],
    "CM": [("Fin du ramadan", FITR, "", (0,)), ("Fête du mouton", ADHA, "", (0,))],
    "CI": [("Lendemain de la nuit du destin", DESTINY, "", (0,)),
           ("Fin du ramadan", FITR, "", (0,)), ("Tabaski", ADHA, "", (0,)),
           ("Lendemain de la nuit du Maouloud", MAWLID, "", (0,))],
}
# Feasts that, on a Sunday (in Cameroon also on another feast), the law itself gives the day after to.
MOVED = {"CM": ["Nouvel an", "Fête de la jeunesse", "Fête du Travail", "Fête nationale"],
         "CI": ["Fête du Travail", "Fête nationale"], "QC": ["Fête nationale du Québec"]}


def days(calendar):
    found = list(feasts(calendar))
    yield from found
    for day, name, status in found:
        others = [other for other, what, _ in found if what != name]
        if name in MOVED.get(calendar, []) and (
                day.weekday() == 6 or calendar == "CM" and day in others):
            yield day + datetime.timedelta(1), f"Lendemain de fête ({name})", status


def feasts(calendar):
    for year in range(2020, 2028 if calendar in MOON else 2036):
        for name, month, day, *bounds in FIXED[calendar]:
            first, last = (bounds + [0, 9999][len(bounds):])[:2]
            if first <= year <= last:
                yield datetime.date(year, month, day), name, CERTAIN
        for name, offset in EASTER.get(calendar, []):
            yield easter(year) + datetime.timedelta(offset), name, CERTAIN
        if calendar == "QC":
            patriots = datetime.date(year, 5, 24)
            yield (patriots - datetime.timedelta(patriots.weekday()),
                   "Journée nationale des patriotes", CERTAIN)
            canada = datetime.date(year, 7, 1)
            yield (canada + datetime.timedelta(canada.weekday() == 6), "Fête du Canada", CERTAIN)
            yield monday(year, 9, 1), "Fête du Travail", CERTAIN
            yield monday(year, 10, 2), "Action de grâces", CERTAIN
    for name, estimated, observed, offsets in MOON.get(calendar, []):
        seen = {text[:4]: text for text in observed.split()}
        for text in estimated.split():
            start = datetime.date.fromisoformat(seen.get(text[:4], text))
            for offset in offsets:
                yield (start + datetime.timedelta(offset), name,
                       OBSERVED if text[:4] in seen else ESTIMATED)


if __name__ == "__main__":
    path = pathlib.Path(__file__).with_name("feries.csv")
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["calendrier", "date", "nom", "statut"])
        for calendar in FIXED:
            for row in sorted(days(calendar)):
                writer.writerow([calendar, *row])
