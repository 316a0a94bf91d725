"""Tests of the core: facts, verdicts, leads and the French parsers."""
