"""The gateway: the only public door. It keeps every conversation and asks the dialogue engine for answers."""
