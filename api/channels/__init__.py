"""The doors, each an adapter: verify, translate in, translate out. They do not know each other."""
