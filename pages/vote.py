from ui.shell import ensure_shell, header
from ui.vote.page import title, vote_page

ensure_shell("pages/vote.py")

header(title(), "Would it pass, who holds the power, whose interest would it serve.")
vote_page()
