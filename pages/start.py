from ui.shell import ensure_shell, header

ensure_shell("pages/start.py")

header("Start")
