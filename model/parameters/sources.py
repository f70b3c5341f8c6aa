"""Sources that several declarations share: a title, a link where there is one, and a date."""

from __future__ import annotations

from model.parameters.declaration import Source

_RENDER = "https://github.com/rendernetwork/RNPs"

# ---- what networks and protocols publish --------------------------------------------------------------
RNP_001 = Source(title="Render RNP-001", link=_RENDER, date="2023-02")
RNP_006 = Source(title="Render RNP-006: 95% of a job's value is burned, 5% is a fee", link=_RENDER, date="2023-11")
RENDER_TABLE = Source(title="Render RNP-001, RNP-003, RNP-018, RNP-022", link=_RENDER, date="2023-2025")
RENDER_PAID = Source(title="Render RNP-022: paid against scheduled emission", link=_RENDER, date="2025-12")
RNP_023 = Source(title="Render RNP-023 (Salad)", link=_RENDER, date="2026-03")
MISSION_70 = Source(
    title="DFINITY, Mission 70 white paper",
    link="https://internetcomputer.org/whitepapers/mission70.pdf",
    date="2026-01",
)
NNS_REWARDS = Source(
    title="dfinity/ic rs/nns/governance/src/reward/calculation.rs",
    link="https://github.com/dfinity/ic",
    date="2026",
)
COSMOS_MINT = Source(
    title="Cosmos SDK x/mint", link="https://github.com/cosmos/cosmos-sdk/tree/main/x/mint", date="2026"
)
HIP_20 = Source(
    title="Helium HIP-20: HNT max supply and net emissions", link="https://github.com/helium/HIP", date="2020-11"
)
SUBTENSOR = Source(title="subtensor block_emission.rs", link="https://github.com/opentensor/subtensor", date="2026-06")
LIVEPEER = Source(title="Livepeer Minter.setInflation", link="https://github.com/livepeer/protocol", date="2026")
EIP_1559 = Source(title="EIP-1559", link="https://github.com/ethereum/EIPs", date="2019-04")
ETHEREUM = Source(
    title="Ethereum consensus specifications: base reward",
    link="https://github.com/ethereum/consensus-specs",
    date="2026",
)

# ---- what others measured -----------------------------------------------------------------------------
MODEL_USE_ELASTICITY = Source(
    title="The Emerging Market for Intelligence (NBER working paper), short-run price elasticity -1.11",
    date="2025",
)
GPU_RENTAL = Source(title="SemiAnalysis GPU rental series, through secondary pages", date="2026-03")

# ---- judgement ----------------------------------------------------------------------------------------
SPECIFICATION = Source(
    title="Ballast economics specification: modelling judgement, to be weighed by the reader", date="2026-11"
)
JUDGEMENT_ON_SURPLUS = Source(
    title="Ballast economics specification, sections 16.7 and 16.8: modelling judgement", date="2026-11"
)
JUDGEMENT_ON_CHANCE = Source(title="Ballast economics specification, section 19.8: modelling judgement", date="2026-11")
