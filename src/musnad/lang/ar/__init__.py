"""Modern Standard Arabic as newspapers write it."""
