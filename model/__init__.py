"""The model without a screen: load a network, change it, project it, find where it rests."""

from model.comparison.compare import compare
from model.engine.results import Run
from model.equilibrium import Rest, equilibrium
from model.errors import BallastError
from model.presets.files import load_network, network_names
from model.projection import project
from model.proposals.files import load_proposal, load_stress, proposal_names, stress_names
from model.proposals.proposal import Proposal
from model.scenario.scenario import Scenario
from model.sweeps.sweep import Sweep, sweep
from model.version import VERSION

__all__ = [
    "VERSION",
    "BallastError",
    "Proposal",
    "Rest",
    "Run",
    "Scenario",
    "Sweep",
    "compare",
    "equilibrium",
    "load_network",
    "load_proposal",
    "load_stress",
    "network_names",
    "project",
    "proposal_names",
    "stress_names",
    "sweep",
]
