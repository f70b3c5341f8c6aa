from ui.shell import ensure_shell
from ui.workshop.page import workshop_page

ensure_shell("pages/workshop.py")
workshop_page()
