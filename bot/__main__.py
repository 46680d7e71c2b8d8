"""``python -m bot …``: Rasa's own command line, without what an operator can do nothing about.

Sanic switches deprecation warnings on when it is imported, and Rasa's dependencies are old enough to have
many. Rasa also warns that nobody uses the lookup tables, which bot/entities.py does, and that no rule
names the responses which the actions name; a test of ours finds those that nobody names.
"""

import gc
import re
import sys
import warnings
from typing import Any

from bot import discreet_logs, without_tensorflow

OLD_NEWS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)
FALSE_ALARMS = re.compile(r"lookup table|pkg_resources is deprecated|The utterance '.*' is not used")


def _show(message: Any, category: type[Warning], *where: Any, **more: Any) -> None:
    if not issubclass(category, OLD_NEWS) and not FALSE_ALARMS.search(str(message)):
        _show_as_before(message, category, *where, **more)


_show_as_before = warnings.showwarning
warnings.showwarning = _show

# Savings at every start: nothing of what these imports make is garbage; a server needs no TensorFlow; and
# where it is needed, it tries jax for a converter nobody uses here.
gc.disable()
sys.modules["jax"] = None  # type: ignore[assignment]
if sys.argv[1:2] == ["run"]:
    without_tensorflow.install()
discreet_logs.install()

import rasa.core.run  # noqa: E402, F401
from rasa.__main__ import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    sys.argv[0] = "rasa"
    main()
