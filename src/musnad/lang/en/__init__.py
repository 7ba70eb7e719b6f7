"""English, as far as pages need it: spelling, months and numbers."""
