"""The self-check from question to answer: what `advisor/assessment.py` answers with."""
