"""Rules that only one network has, as its chain or its proposals state them: pure functions, no economy, no screen."""
