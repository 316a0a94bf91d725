"""Rasa glue: each action reads slots, calls a service and speaks. No figure and no rule of admission stands here."""
