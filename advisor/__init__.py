"""What to advise: pure functions from a question, the saved state and the knowledge to an answer."""
