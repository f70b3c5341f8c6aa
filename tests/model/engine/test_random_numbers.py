"""Random numbers with an address: the published vectors of Philox, the right distributions, and no relation."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from model.engine.random_numbers import LARGEST_SEED, check_seed, normal, poisson, uniform, variable_number, words
from model.errors import OutOfRangeError
from tests.validation import Record

MASK = 2**64 - 1
SEED = 20261103

PROBABILITY = 1e-4
"""A test of a distribution fails where a right generator would with this probability; seeds are fixed."""


def philox(counter: tuple[int, ...], key: tuple[int, int]) -> tuple[int, ...]:
    """Philox4x64-10 as in Salmon et al. (2011), one counter at a time, with Python's integers."""
    a, b, c, d = counter
    first, second = key
    for _ in range(10):
        product, other = 0xD2E7470EE14C6C93 * a, 0xCA5A826395121157 * c
        a, b, c, d = (other >> 64) ^ b ^ first, other & MASK, (product >> 64) ^ d ^ second, product & MASK
        first, second = (first + 0x9E3779B97F4A7C15) & MASK, (second + 0xBB67AE8584CAA73B) & MASK
    return a, b, c, d


# Known answers of the Random123 distribution, file kat_vectors, lines "philox4x64 10".
KNOWN = [
    (
        "0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000 0000000000000000",
        "16554d9eca36314c db20fe9d672d0fdc d7e772cee186176b 7e68b68aec7ba23b",
    ),
    (
        "ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff ffffffffffffffff",
        "87b092c3013fe90b 438c3c67be8d0224 9cc7d7c69cd777b6 a09caebf594f0ba0",
    ),
    (
        "243f6a8885a308d3 13198a2e03707344 a4093822299f31d0 082efa98ec4e6c89 452821e638d01377 be5466cf34e90c6c",
        "a528f45403e61d95 38c72dbd566e9788 a5a1610e72fd18b5 57bd43b5e52b7fe6",
    ),
]


@pytest.mark.parametrize(("given", "found"), KNOWN, ids=["zeros", "ones", "pi"])
def test_philox_gives_the_published_vectors(given: str, found: str, figure: Record) -> None:
    a, b, c, d, first, second = (int(word, 16) for word in given.split())
    made = philox((a, b, c, d), (first, second))
    figure("philox", sum(word != int(known, 16) for word, known in zip(made, found.split(), strict=True)))


@pytest.mark.parametrize(("seed", "first"), [(0, 0), (7, 3), (LARGEST_SEED, 99_998)])
def test_words_are_philox_at_draw_and_step_under_seed_and_variable(seed: int, first: int) -> None:
    """The counter is (draw + 1, step, 0, 0): NumPy counts up before it makes a block."""
    key = (seed, variable_number("demand_innovation"))
    found = words(seed, "demand_innovation", first, 3, 4)
    for step in range(4):
        for draw in range(3):
            assert tuple(found[step, draw].tolist()) == philox((first + draw + 1, step, 0, 0), key)


def test_a_number_depends_on_its_address_alone() -> None:
    whole = words(7, "cost_innovation", 0, 40, 30)
    np.testing.assert_array_equal(words(7, "cost_innovation", 11, 8, 12), whole[:12, 11:19])


def test_names_of_variables_are_told_apart() -> None:
    """A fixed number stands here: a change of it would silently move every future of every link."""
    assert variable_number("demand_innovation") == 11312536236257858354
    names = ["demand_innovation", "demand_jumps", "cost_innovation", "models.cost_innovation", "price_innovation"]
    assert len({variable_number(name) for name in names}) == len(names)


@pytest.mark.parametrize("seed", [-1, 2**63, 1.5, "7", None, True, float("nan")])
def test_what_is_no_seed_is_refused(seed: object) -> None:
    with pytest.raises(OutOfRangeError, match=r"is not a seed \(seed\); allowed: a whole number from 0 to 2\^63 - 1"):
        check_seed(seed)


@pytest.mark.parametrize("seed", [0, LARGEST_SEED, np.int64(5)])
def test_whole_numbers_are_seeds(seed: int) -> None:
    assert check_seed(seed) == int(seed)


# ---- distributions ------------------------------------------------------------------------------------
def sample(
    name: str = "demand_innovation", count: int = 400, steps: int = 500, seed: int = SEED
) -> npt.NDArray[np.uint64]:
    return words(seed, name, 0, count, steps)


@pytest.mark.parametrize("word", range(4))
def test_each_word_is_uniform(word: int) -> None:
    values = uniform(sample()[:, :, word]).reshape(-1)
    assert 0 < values.min() < 1e-4
    assert 1 - 1e-4 < values.max() < 1
    assert stats.kstest(values, "uniform").pvalue > PROBABILITY


def test_the_ends_of_a_word_stay_inside_the_unit_interval() -> None:
    ends = uniform(np.array([0, MASK], dtype=np.uint64))
    assert ends.tolist() == [2.0**-53, 1 - 2.0**-53]
    assert np.isfinite(normal(np.array([0, MASK], dtype=np.uint64))).all()


def test_normal_numbers_have_the_moments_and_the_distribution_of_a_standard_normal(figure: Record) -> None:
    values = normal(sample()[:, :, 0]).reshape(-1)
    count = len(values)
    figure("normal", float(stats.kstest(values, "norm").pvalue))
    limit = stats.norm.isf(PROBABILITY / 2)
    # Standard errors of mean, variance, skewness and excess kurtosis of a normal sample.
    assert abs(values.mean()) * np.sqrt(count) < limit
    assert abs(values.var() - 1) * np.sqrt(count / 2) < limit
    assert abs(stats.skew(values)) * np.sqrt(count / 6) < limit
    assert abs(stats.kurtosis(values)) * np.sqrt(count / 24) < limit


@pytest.mark.parametrize("mean", [0.0096, 0.5, 4.0])
def test_counts_are_poisson(mean: float) -> None:
    counts = poisson(sample("demand_jumps")[:, :, 0], mean).reshape(-1)
    most = int(stats.poisson.isf(1e-4, mean))
    expected = np.append(stats.poisson.pmf(np.arange(most), mean), stats.poisson.sf(most - 1, mean)) * len(counts)
    found = np.array([*(np.count_nonzero(counts == k) for k in range(most)), np.count_nonzero(counts >= most)])
    assert stats.chisquare(found, expected).pvalue > PROBABILITY


def test_a_mean_of_nothing_gives_no_counts() -> None:
    assert not poisson(sample("demand_jumps")[:, :, 0], 0.0).any()


def test_counts_follow_a_mean_that_changes_from_step_to_step() -> None:
    mean = np.linspace(0.0, 3.0, 500)[:, None]
    counts = poisson(sample("demand_jumps", count=2000)[:, :, 0], mean)
    off = (counts.mean(axis=1) - mean[:, 0])[1:] / np.sqrt(mean[1:, 0] / 2000)
    assert np.abs(off).max() < stats.norm.isf(PROBABILITY / 2 / len(off))


# ---- independence -------------------------------------------------------------------------------------
def largest_correlation(rows: npt.NDArray[np.float64]) -> float:
    """Largest correlation between two rows, times the root of their length."""
    together = np.corrcoef(rows)
    return float(np.abs(together - np.eye(len(rows))).max() * np.sqrt(rows.shape[1]))


def limit_of(rows: int) -> float:
    """What the largest of all pairs stays below, but for the stated probability."""
    return float(stats.norm.isf(PROBABILITY / (rows * (rows - 1))))


def test_draws_have_nothing_to_do_with_each_other() -> None:
    values = normal(sample(count=60, steps=2000)[:, :, 0])
    assert largest_correlation(values.T) < limit_of(60)


def test_steps_have_nothing_to_do_with_each_other() -> None:
    values = normal(sample(count=2000, steps=60)[:, :, 0])
    assert largest_correlation(values) < limit_of(60)


def test_variables_have_nothing_to_do_with_each_other() -> None:
    names = ["demand_innovation", "demand_jumps", "cost_innovation", "holdings_innovation", "price_innovation"]
    rows = np.stack([normal(sample(name)[:, :, word]).reshape(-1) for name in names for word in range(2)])
    assert largest_correlation(rows) < limit_of(len(rows))


def test_neighbouring_seeds_have_nothing_to_do_with_each_other() -> None:
    rows = np.stack([normal(sample(seed=seed)[:, :, 0]).reshape(-1) for seed in (0, 1, 2, 3, LARGEST_SEED)])
    assert largest_correlation(rows) < limit_of(len(rows))
