from ui.shell import ensure_shell, header

ensure_shell("pages/model.py")

header("Model")
