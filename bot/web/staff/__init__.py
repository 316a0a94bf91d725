"""The office's console: who may see a page, and the pages. Every route goes through access.py; routes.py is the table."""
