from ui.scorecard.page import scorecard_page
from ui.shell import ensure_shell, header

ensure_shell("pages/scorecard.py")

header("Scorecard", "Six points from 0 to 4 and the flags of a design; what nobody published is unknown.")
scorecard_page()
