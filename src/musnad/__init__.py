"""musnad: who said what in Arabic news, and through whom we know it."""

__version__ = "0.1.0"
