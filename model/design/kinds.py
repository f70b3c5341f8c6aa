"""Four designs to begin with, one for each kind of token: each stands in nearly every modelled future."""

from __future__ import annotations

from collections.abc import Mapping

from model.design.design import Design, RoleDesign, StreamDesign

KINDS: Mapping[str, Design] = {
    "payment": Design(),
    "staking": Design(
        archetype="staking",
        roles=(RoleDesign(title="validators", cost=4e6),),
        streams=(StreamDesign(title="fees", revenue=6e6, burn_share=0.0),),
        staked_share=0.5,
        staker_fee_share=0.3,
        emission=5e6,
        staker_emission_share=0.6,
    ),
    "governance": Design(
        archetype="governance",
        roles=(RoleDesign(title="service providers", cost=5e6),),
        streams=(StreamDesign(title="jobs", revenue=7e6, burn_share=0.0),),
        staked_share=0.2,
        staker_fee_share=0.0,
        treasury_fee_share=0.25,
        emission=3e6,
        staker_emission_share=0.1,
        treasury_emission_share=0.3,
    ),
    "revenue-share": Design(
        archetype="revenue-share",
        roles=(RoleDesign(title="compute providers", cost=6e6),),
        streams=(StreamDesign(title="jobs", revenue=12e6, burn_share=0.0),),
        staked_share=0.5,
        staker_fee_share=0.35,
        emission=2e6,
    ),
}
"""By the archetype whose reactions they borrow; invented figures, to be replaced by the founders' own."""
