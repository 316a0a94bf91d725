"""The dialogue: Rasa's agent without Rasa's server, its actions run in this process, its state kept small."""
