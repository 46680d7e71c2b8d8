"""Rasa's custom actions, one file a topic: read state and entities, ask the advisor, hand back the answer."""
