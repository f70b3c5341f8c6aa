from ui import state, trust
from ui.network.figures import network_figures, rules_and_audits
from ui.reference import tab as model_tab
from ui.reference import tabs as model_tabs
from ui.reference.assumptions import assumptions
from ui.reference.backcasts import back_casts
from ui.reference.changelog import changelog
from ui.reference.engines_agree import engines_agree
from ui.reports import report_of
from ui.scenario_bar import scenario_bar
from ui.shell import ensure_shell, header

ensure_shell("pages/model.py")

header("Model", "Every equation, every parameter and every figure, as they are declared once and used everywhere.")
scenario_bar(horizon=False)
report = report_of(state.now())

TABS = {
    "How it works": model_tabs.how_it_works,
    "Trust and doubt": trust.trust_and_doubt,
    "Equations": model_tabs.equations,
    "Parameters": model_tabs.parameters,
    "Figures": network_figures,
    "Assumptions": assumptions,
    "Validation": trust.validation,
    "Engines": engines_agree,
    "Back-casts": back_casts,
    "Rules and audits": rules_and_audits,
    "Limits": model_tabs.limits,
    "Glossary": model_tabs.glossary,
    "Changelog": changelog,
}
model_tab.show(TABS, report)
