"""The gateway, from outside."""
