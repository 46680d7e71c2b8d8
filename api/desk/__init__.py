"""The help desk: people of an association take over what the advisor cannot or should not answer."""
