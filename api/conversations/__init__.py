"""Conversations: kept by the store, carried to the engine by the worker, shown over HTTP by the routes."""
