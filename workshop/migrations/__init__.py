"""Steps that bring a store up to date; run by `workshop/database.py`."""
