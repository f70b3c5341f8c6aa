"""Where a network comes to rest, whether that lasts, how far a setting may go, and all of it in words."""
