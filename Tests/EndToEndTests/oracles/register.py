"""Judges a register in four writings: what each says is in the others, and text stayed text.

    register.py HTML CSV_FR CSV_EN JSON

Prints what was counted.
"""
import csv
import html.parser
import io
import json
import sys
import unicodedata

page, french, english, record = sys.argv[1:]
with open(record, encoding="utf-8") as file:
    register = json.load(file)

ALLOWED = set(
    "html head meta title style body main nav h1 h2 h3 p ul li a span strong code div table "
    "caption thead tbody tr th td".split())
VOID = {"meta"}
# HTML lets the end of a cell be told by what follows.
OPEN_ENDED = {"th", "td"}


class Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.ids, self.links, self.levels = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        assert tag in ALLOWED, tag
        if tag in ("tr", "th", "td") and self.open[-1] in OPEN_ENDED:
            self.open.pop()
        for name, value in attributes:
            assert not name.startswith("on") and name not in ("src", "style", "srcdoc"), name
            if name == "href":
                self.links.append(value)
            if name == "id":
                self.ids.append(value)
        if tag in ("h1", "h2", "h3"):
            self.levels.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open[-1] != tag and self.open[-1] in OPEN_ENDED:
            self.open.pop()
        assert self.open.pop() == tag, tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


reader = Reader()
with open(page, encoding="utf-8") as file:
    reader.feed(file.read())
reader.close()
assert not reader.open, reader.open
assert len(set(reader.ids)) == len(reader.ids), reader.ids
assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids), reader.links
assert reader.levels[0] == 1 and all(
    after - before <= 1 for before, after in zip(reader.levels, reader.levels[1:])), reader.levels


def plain(text):
    """Without blanks and what cannot be seen."""
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZC")


shown = plain("".join(reader.text))
activities = register["activities"]


def texts(node):
    """All French texts of a part of the record."""
    if isinstance(node, dict):
        if set(node) == {"en", "fr"}:
            yield node["fr"]
        else:
            for value in node.values():
                yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)


for text in texts(activities):
    assert plain(text) in shown, text
for activity in activities:
    for output in activity["outputs"]:
        names = [output["name"], output["audience"]["name"], *output["paths"]]
        if output["rows"] != "things":
            for field in output["fields"]:
                names += [field["name"], *field["from"], *field["treatments"]]
        for name in names:
            assert plain(name) in shown, name
    for field in activity["fields"]:
        assert plain(field["name"]) in shown, field


def table(path, delimiter):
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    assert text.endswith("\r\n") and len(rows) == 1 + len(activities), len(rows)
    assert all(len(row) == len(rows[0]) for row in rows)
    for row in rows:
        for cell in row:
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n"), cell
            assert cell[:1] not in ("＝", "＋", "－", "＠"), cell
    assert len(set(rows[0])) == len(rows[0]), "two columns of one name"
    return rows


with open(french, "rb") as file:
    assert file.read(3) == b"\xef\xbb\xbf"
rows, others = table(french, ";"), table(english, ",")
assert len(rows[0]) == len(others[0])
for row, other, activity in zip(rows[1:], others[1:], activities):
    assert row[0].lstrip("'") == (activity.get("reference") or "")
    for statements in activity["statements"].values():
        for statement in statements:
            assert any(plain(statement["text"]["fr"]) in plain(cell) for cell in row), statement
            assert any(plain(statement["text"]["en"]) in plain(cell) for cell in other), statement
    assert len(activity["missing"]) == len([each for each in row[-2].split("\n") if each])
    assert row[-1] == register["version"]

missing = len(register["missing"]) + sum(len(each["missing"]) for each in activities)
print(f"{len(activities)} activities, {missing} missing")
