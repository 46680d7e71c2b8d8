"""Where tests find the server that runs an application in a thread."""

from ops.rehearsal.serving import Server

__all__ = ["Server"]
