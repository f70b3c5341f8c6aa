"""Random numbers with an address: each is a function of seed, variable, draw and step, whatever else is drawn."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri, pdtr

from model.engine.worlds import Floats
from model.errors import OutOfRangeError

WORDS = 4
"""64-bit words per address: Philox4x64-10 makes four at a time."""

LARGEST_SEED = 2**63 - 1


def variable_number(name: str) -> int:
    """The part of the address that a name stands for; names that are added move no other number."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")


def check_seed(seed: object) -> int:
    """A seed as an integer.

    Raises
    ------
    OutOfRangeError
        When it is not a whole number from 0 to 2^63 - 1.
    """
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= int(seed) <= LARGEST_SEED:
        raise OutOfRangeError(
            f"{str(seed)[:30]!r} is not a seed", where="seed", allowed="a whole number from 0 to 2^63 - 1"
        )
    return int(seed)


def words(seed: int, name: str, first: int, count: int, steps: int) -> npt.NDArray[np.uint64]:
    """Raw words of `count` draws from draw `first` on, over `steps` steps.

    Philox (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11) is a function of a key
    and a counter: the key holds the seed and the variable, the counter the draw and the step, so that
    more draws, more steps, another batch or another process give the same numbers.

    Returns
    -------
    ndarray
        Shape (steps, count, 4).
    """
    generator = np.random.Philox(key=np.array([seed, variable_number(name)], dtype=np.uint64))
    state = generator.state
    counter = state["state"]["counter"]
    found = np.empty((steps, count, WORDS), dtype=np.uint64)
    for step in range(steps):
        # NumPy counts up before it makes a block, so draw d stands at counter d + 1.
        counter[:] = (first, step, 0, 0)
        state["buffer_pos"] = WORDS
        generator.state = state
        found[step] = generator.random_raw(WORDS * count).reshape(count, WORDS)
    return found


def uniform(raw: npt.NDArray[np.uint64]) -> Floats:
    """Numbers strictly between 0 and 1, each in the middle of its 2^-52 wide place.

    One digit more, and the last place would round to 1.
    """
    return np.asarray(((raw >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52)


def normal(raw: npt.NDArray[np.uint64]) -> Floats:
    """Standard normal numbers by the inverse distribution function."""
    return np.asarray(ndtri(uniform(raw)))


def poisson(raw: npt.NDArray[np.uint64], mean: float | Floats, most: int = 60) -> Floats:
    """Counts of a Poisson distribution by the inverse distribution function.

    Parameters
    ----------
    mean
        A number, or an array that broadcasts against `raw`.
    most
        No count exceeds this.
    """
    given = uniform(raw)
    counts = np.zeros(given.shape)
    for count in range(most):
        above = given > pdtr(count, mean)
        if not np.any(above):
            break
        counts += above
    return counts
