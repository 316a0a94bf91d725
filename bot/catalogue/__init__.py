"""Loads, checks, renders and searches what the admissions office keeps in knowledge/; decides nothing about applicants."""
