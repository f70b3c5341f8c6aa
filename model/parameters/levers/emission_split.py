"""Levers on who receives new tokens."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter, share, zones
from model.parameters.sources import LIVEPEER, RNP_006, SPECIFICATION

_share = partial(share, kind="lever", group="Emission split")

EMISSION_SPLIT: tuple[Parameter, ...] = (
    _share(
        word="emission_share",
        single="provider_emission_share",
        symbol=r"\omega_{i}",
        label="Provider share of emission",
        what="The part of newly minted tokens that goes to a role that provides the service.",
        enters="Adds its market value to the income of the role.",
        why_range="Bittensor pays 41% to miners and as much to validators and stakers; Render 25% to nodes.",
        default=0.6,
        usual_maximum=1,
        zones=zones((0, "none"), (0.005, "part"), (0.5, "most"), (0.9, "nearly all")),
        source=SPECIFICATION,
        scope="role",
        shown="main",
    ),
    _share(
        word="staker_emission_share",
        symbol=r"\omega_K",
        label="Staker share of emission",
        what="The part of newly minted tokens that goes to stakers.",
        enters="Adds to the staking yield.",
        why_range="From none (Render) to nearly all (Cosmos).",
        default=0.25,
        usual_maximum=1,
        zones=zones((0, "none"), (0.005, "part"), (0.4, "most")),
        source=SPECIFICATION,
        shown="main",
    ),
    _share(
        word="treasury_emission_share",
        symbol=r"\omega_T",
        label="Treasury share of emission",
        what="The part of newly minted tokens that goes to the treasury.",
        enters="Adds to the treasury, which is not float until it is spent.",
        why_range="Livepeer 10%, Render's foundation 50%.",
        default=0.10,
        usual_maximum=0.6,
        zones=zones((0, "none"), (0.005, "light"), (0.2, "heavy")),
        source=LIVEPEER,
    ),
    _share(
        word="user_emission_share",
        symbol=r"\omega_u",
        label="User and grantee share of emission",
        what="The part of newly minted tokens that goes to users, artists and grantees.",
        enters="Enters the float; it pays no provider.",
        why_range="Render's grants are 25%.",
        default=0.05,
        usual_maximum=0.5,
        zones=zones((0, "none"), (0.005, "light"), (0.2, "heavy")),
        source=RNP_006,
    ),
)
