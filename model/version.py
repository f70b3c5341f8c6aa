"""The version of the model, in one place."""

VERSION = "0.1"
"""Version of the model; it stands in every link and export."""
