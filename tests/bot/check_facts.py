# ruff: noqa: PT009 (unittest: pytest is not in Rasa's environment)
"""What an owner tells of the company, in several hundred sentences (facts.tsv) and with the real word lists.

Its columns: the industry, the headcount, the place (``?`` before those of which the owner must be asked),
and yes or no for the rest. An empty column: the sentence tells no such fact.
"""

import csv
import unittest
from pathlib import Path

import yaml
from pipeline import read

from bot.entities import KnowledgeEntityExtractor
from bot.lookup import Lookup, fold

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LOOKUPS = ROOT / "data" / "nlu" / "lookups"
VOCABULARY = ROOT / "knowledge" / "vocabulary"
YES_OR_NO = ("personal_data", "telework", "byod", "customer_demands")


def lookup() -> Lookup:
    """The generated word lists for the company's facts, and the one that is found beside them most often."""
    tables = {}
    for kind in ("industry", "prefecture", "municipality", "measure"):
        (table,) = yaml.safe_load((LOOKUPS / f"{kind}.yml").read_text(encoding="utf-8"))["nlu"]
        tables[kind] = [line.removeprefix("- ") for line in table["examples"].splitlines()]
    return Lookup.of(tables)


def industries() -> dict[str, str]:
    """Trade word -> industry."""
    entries = yaml.safe_load((VOCABULARY / "industry.yml").read_text(encoding="utf-8"))["industries"]
    return {fold(word): entry["name"] for entry in entries for word in (entry["name"], *entry["trades"])}


def places() -> dict[str, list[str]]:
    """Word -> every place of that name."""
    document = yaml.safe_load((VOCABULARY / "place.yml").read_text(encoding="utf-8"))
    found = {word: list(named) for word, named in document["also"].items()}
    closed = set(document["not_alone"])
    for prefecture in document["prefectures"]:
        for name in prefecture["municipalities"]:
            short = name.removesuffix("市")
            for word in {prefecture["name"] + name, name, short, name.partition("市")[2]} - closed:
                found.setdefault(word, []).append(prefecture["name"] + name)
    for prefecture in document["prefectures"]:
        found[prefecture["name"]] = found[prefecture["short"]] = [prefecture["name"]]
    return found


class Facts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.extractor = KnowledgeEntityExtractor(None, None, lookup())
        cls.industries, cls.places = industries(), places()

    def told(self, text):
        """The facts of a sentence; of several words for a place the one that lies in another."""
        words = {}
        for each in self.extractor.entities(read(text)):
            words.setdefault(each["entity"], []).append(each["value"])
        trades = [self.industries[word] for word in words.get("industry", [])]
        return {
            "industry": trades[0] if trades else "",
            "employees": words.get("employees", [""])[-1],
            "place": self.place(words.get("municipality", []), words.get("prefecture", [])),
            "more": ";".join(f"{fact}={words[fact][-1]}" for fact in YES_OR_NO if fact in words),
        }

    def place(self, towns, prefectures):
        named = [self.places[word] for word in (*towns, *prefectures)]
        sure = [candidates[0] for candidates in named if len(candidates) == 1]
        for candidates in (each for each in named if len(each) > 1):
            near = [place for place in candidates if any(place.startswith(larger) for larger in sure)]
            if len(near) == 1:
                return near[0]
            return "?" + "/".join(sorted(candidates))
        return next(iter(sure), "")

    def test_every_sentence_tells_what_it_tells_and_nothing_else(self):
        with (HERE / "facts.tsv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                with self.subTest(row["text"]):
                    told = self.told(row.pop("text"))
                    if row["place"].startswith("?"):
                        row["place"], told["place"] = row["place"][:1], told["place"][:1]
                    if row["employees"] == "?":
                        row["employees"] = told["employees"]
                    self.assertEqual(told, row)
