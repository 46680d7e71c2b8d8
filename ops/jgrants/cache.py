"""Answers kept for a while under the data dir, one small JSON file each; losing them costs only requests."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote


class Cache:
    """``mark`` names what the answers were made by: of another API, or another version, none counts."""

    def __init__(self, folder: Path, clock: Callable[[], datetime], mark: str) -> None:
        self._folder = folder
        self._clock = clock
        self._mark = mark

    def get(self, name: str, *, within: timedelta) -> Any | None:
        """What was put under that name no longer ago; None when there is nothing usable."""
        try:
            kept = json.loads(self._file(name).read_text(encoding="utf-8"))
            at = datetime.fromisoformat(kept["at"])
            fresh = kept["mark"] == self._mark and timedelta() <= self._clock() - at < within
            return kept["value"] if fresh else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, name: str, value: Any) -> None:
        """Whole or not at all; a full disk is no reason to stop."""
        file = self._file(name)
        kept = {"at": self._clock().isoformat(), "mark": self._mark, "value": value}
        partial = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
            partial.replace(file)

    def forget(self, *, unused: timedelta) -> None:
        """Removes what was written longer ago than that."""
        before = (self._clock() - unused).timestamp()
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.stat().st_mtime < before:
                    file.unlink()

    def _file(self, name: str) -> Path:
        return self._folder / f"{quote(name, safe='')}.json"
