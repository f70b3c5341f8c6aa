"""Goals first: which settings of some levers hold them, and in how many futures."""
