"""Both sides of the page New network."""
