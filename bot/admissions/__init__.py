"""The core: facts about a person, verdicts, leads and the French parsers.

Standard library only. Nothing here reads a file, a clock or the network: dates come in as arguments and the
rules as a mapping that the catalogue read.
"""
