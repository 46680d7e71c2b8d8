"""An incident that is led through: what `advisor/incident_response.py` begins."""
