"""Several scenarios of one network beside each other."""
