"""Faults on real parts: processes that are killed, databases that stop, clients that misbehave.

Each test starts its own servers on free ports and stops only those.
"""
