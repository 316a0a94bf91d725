"""Understanding: Rasa graph components that give an intent with an honest confidence, and what they are made of.

This room reads messages; it decides nothing about admission and speaks to nobody.
"""
