from ui.shell import ensure_shell, header

ensure_shell("pages/equilibrium.py")

header("Equilibrium")
