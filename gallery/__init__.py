"""The gallery as plain files: every network, proposal and stress as a page of its own, with an index."""
