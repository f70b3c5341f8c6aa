"""Both sides of the Tune page."""
