"""Everything an operator runs: one program, ``mamori``."""
