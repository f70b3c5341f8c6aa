from ui.shell import ensure_shell, header

ensure_shell("pages/sandbox.py")

header("Sandbox")
