"""The published description and the gateway agree, whatever is sent (schemathesis)."""
