"""Lets Rasa's server start without loading TensorFlow, which nothing in our pipeline uses.

Rasa imports TensorFlow to define the classes of DIET and TED, of which config.yml names none. Loading it
takes half of the start-up and of the memory (docs/evaluation.md). Here its modules are stood in for by
empty ones whose every attribute is an empty class, enough to be subclassed, decorated with and named in
annotations. For `rasa run` only: training uses the real one.

Until Rasa imports TensorFlow only for the components that need it.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from typing import Any, ClassVar

STOOD_IN_FOR = ("tensorflow", "tensorflow_addons", "keras")


class _Empty(type):
    """A class with every attribute one can ask for, each an empty class again."""

    def __getattr__(cls, name: str) -> Any:
        return _attribute(cls, name)

    def __call__(cls, *things: Any, **_options: Any) -> Any:
        """As a decorator it changes nothing."""
        return things[0] if len(things) == 1 and callable(things[0]) else super().__call__()


class _Module(types.ModuleType):
    __path__: ClassVar[list[str]] = []

    def __getattr__(self, name: str) -> Any:
        return _attribute(self, name)


def _attribute(owner: Any, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    empty = _Empty(name, (), {})
    setattr(owner, name, empty)
    return empty


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, _path: Any, _target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in STOOD_IN_FOR:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """There is nothing in it."""


def install() -> None:
    """From here on `import tensorflow` gives the empty one; spaCy, which can do without, has none at all."""
    sys.modules["tensorflow"] = None  # type: ignore[assignment]
    import spacy  # noqa: F401, PLC0415

    del sys.modules["tensorflow"]
    sys.meta_path.insert(0, _Finder())
