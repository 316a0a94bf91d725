"""The report of `bot evaluate`: what the trained assistant understands of labelled phrases and dialogues.

This room measures and writes one page; it changes nothing and answers nobody.
"""
