from ui.proposal.page import proposal_page
from ui.shell import ensure_shell, header

ensure_shell("pages/proposal.py")

header("Proposal")
proposal_page()
