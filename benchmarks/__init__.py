"""Comparisons that `make bench` prints; nothing here is needed to answer an applicant."""
