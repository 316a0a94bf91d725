"""Tests of one room at a time, without Rasa, network or database."""
