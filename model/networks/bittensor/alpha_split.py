"""How a subnet's alpha of a block is shared by its owner, miners, validators and root.

Source: github.com/opentensor/subtensor at 14bc6f9f964b (2026-06-30, spec version 425),
pallets/subtensor/src/coinbase/run_coinbase.rs.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from model.networks.inputs import Floats, Number, Numbers, fraction, numbers, shaped, whole

OWNER_CUT = Fraction(11_796, 65_535)
"""Share of a subnet's alpha that its owner receives: 0.179995."""

TAO_WEIGHT = Fraction(3_320_413_933_267_719_290, 2**64 - 1)
"""Weight of TAO staked on root beside alpha: 0.18 on mainnet."""

_BITS = 32
"""Binary places of the chain's fixed-point numbers (U96F32)."""


def root_proportion(root_tao: Numbers, tao_weight: Numbers, alpha_issuance: Numbers) -> float | Floats:
    """Share of a subnet's validator pay that goes to TAO staked on root: R w / (R w + alpha issuance).

    Parameters
    ----------
    root_tao
        TAO staked on root, in the unit of `alpha_issuance`.
    tao_weight
        Weight of TAO, a share; `TAO_WEIGHT` on mainnet.
    alpha_issuance
        Alpha that the subnet has issued, in its pool and outside.

    Returns
    -------
    float or array
        A share; 0 where there is neither root stake nor alpha, as the chain divides safely.
    """
    weighted = numbers("root TAO", root_tao, low=0) * numbers("TAO weight", _float(tao_weight), low=0)
    total = weighted + numbers("alpha issuance", alpha_issuance, low=0)
    return shaped(np.divide(weighted, total, out=np.zeros_like(total), where=total > 0))


def _float(value: Numbers) -> object:
    """Fractions as floats, which NumPy does not read by itself."""
    return float(value) if isinstance(value, Fraction) else value


@dataclass(frozen=True)
class AlphaSplit:
    """How one subnet's alpha of a block is shared, in rao, each cut to a whole rao as the chain does.

    Attributes
    ----------
    owner, miners, validators, root
        Alpha to the subnet's owner, its miners, its validators' alpha stake, and TAO staked on root.
    recycled
        Root's part where it is not paid because the subnets' prices add up to one or less.
    """

    owner: int
    miners: int
    validators: int
    root: int
    recycled: int


def split_alpha(
    alpha_out: Number,
    root_proportion: Number = 0,
    owner_cut: Number = OWNER_CUT,
    *,
    root_is_paid: bool = True,
) -> AlphaSplit:
    """Split a block's alpha into owner's cut, miners, validators and root, in the chain's fixed point.

    Parameters
    ----------
    alpha_out
        Alpha minted for the subnet's participants, in rao.
    root_proportion
        Root's share of the validators' half, 0 to 1.
    owner_cut
        The owner's share, 0 to 1; 11,796 / 65,535 on mainnet, 0 where the owner's cut is switched off.
    root_is_paid
        False where the moving prices of all subnets add up to one or less: root's part is then recycled.
    """
    alpha = whole("alpha out", alpha_out, low=0) << _BITS
    cut = _fixed(fraction("owner cut", owner_cut, low=0, high=1))
    proportion = _fixed(fraction("root proportion", root_proportion, low=0, high=1))
    owner = alpha * cut >> _BITS
    rest = alpha - owner
    root = rest * proportion >> _BITS + 1
    miners = rest >> 1
    validators = rest - miners - root
    paid = root >> _BITS
    return AlphaSplit(
        owner=owner >> _BITS,
        miners=miners >> _BITS,
        validators=validators >> _BITS,
        root=paid if root_is_paid else 0,
        recycled=0 if root_is_paid else paid,
    )


def _fixed(value: Fraction) -> int:
    return int(value * 2**_BITS)


def dividend_shares(
    alpha_stake: Numbers, root_tao: Numbers, tao_weight: Numbers = float(TAO_WEIGHT)
) -> tuple[float | Floats, float | Floats]:
    """Shares of a validator's dividends for its alpha stake and for its TAO on root; both 0 without any stake."""
    root = root_proportion(root_tao, tao_weight, alpha_stake)
    staked = (numbers("alpha stake", alpha_stake) > 0) | (np.asarray(root) > 0)
    return shaped(np.where(staked, 1.0 - np.asarray(root), 0.0)), root
