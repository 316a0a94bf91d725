"""How fast, side by side: Rasa as its documentation says, and this assistant. `make bench`, one row of the table at a time."""
