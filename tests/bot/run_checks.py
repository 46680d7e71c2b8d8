"""Runs every check_*.py beside it inside Rasa's environment and prints one JSON object.

Called by test_bot.py, which lives in the other environment. Keys: `check_words.Class.test_name`,
values: null, or what went wrong.
"""

import json
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).parent


class Outcomes(unittest.TestResult):
    """Collects what each case said, sentences of a table included."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[str]] = {}

    def startTest(self, test):  # noqa: N802 (unittest's name)
        super().startTest(test)
        self.said[test.id()] = []

    def addError(self, test, err):  # noqa: N802
        super().addError(test, err)
        self.said.setdefault(test.id(), []).append(self._exc_info_to_string(err, test))

    def addFailure(self, test, err):  # noqa: N802
        super().addFailure(test, err)
        self.said.setdefault(test.id(), []).append(self._exc_info_to_string(err, test))

    def addSubTest(self, test, subtest, err):  # noqa: N802
        super().addSubTest(test, subtest, err)
        if err:
            case = subtest._subDescription()
            self.said[test.id()].append(f"{case}\n{self._exc_info_to_string(err, test)}")


def main() -> None:
    """Run and print."""
    sys.path[:0] = [str(HERE.parents[1]), str(HERE)]
    suite = unittest.defaultTestLoader.discover(str(HERE), pattern="check_*.py", top_level_dir=str(HERE))
    outcomes = Outcomes()
    suite.run(outcomes)
    json.dump({name: "\n".join(said) or None for name, said in outcomes.said.items()}, sys.stdout)


if __name__ == "__main__":
    main()
