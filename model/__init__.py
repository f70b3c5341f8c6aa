"""The model without a screen: load a network, change it, project it, find where it rests."""

from model.comparison import compare
from model.equilibrium import Rest, equilibrium
from model.errors import BallastError
from model.presets import load_network, network_names
from model.projection import project
from model.proposal_files import load_proposal, load_stress, proposal_names, stress_names
from model.proposals import Proposal
from model.results import Run
from model.scenario import Scenario
from model.sweeps import Sweep, sweep
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
