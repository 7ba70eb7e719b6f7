"""Following feeds, against servers on the loopback address."""
