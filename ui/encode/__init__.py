"""The form in which a proposal is encoded, and the answer beside it."""
