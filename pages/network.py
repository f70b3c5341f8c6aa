from ui import state
from ui.network import bench_fields
from ui.network import bittensor as network_bittensor
from ui.network import fetch as network_fetch
from ui.network import internet_computer as network_icp
from ui.network import render as network_render
from ui.network.no_bench import no_bench
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header

ensure_shell("pages/network.py")

BENCHES = {
    "bittensor": network_bittensor.bench,
    "render": network_render.bench,
    "internet-computer": network_icp.bench,
    "fetch": network_fetch.bench,
}

header(
    "Network", "The chain's own rules, computed to its own numbers: change an input or a rule and see who gets what."
)
moment = state.now()
scenario_bar(horizon=False)
bench_fields.begin()
BENCHES.get(moment.scenario.network.name, no_bench)(moment)
bench_fields.tell()
