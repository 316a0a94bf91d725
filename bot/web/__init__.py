"""The web: routes, security, the demonstration page. It checks what arrives, calls a use case, and writes JSON or HTML.

Nothing about admission is decided here.
"""
