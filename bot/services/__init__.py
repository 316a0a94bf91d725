"""Use cases as functions: what the assistant does, without Rasa, database or web.

What they need from outside comes in as the protocols of protocols.py.
"""
