"""Teach: labels what the bot did not understand, trains it, puts models into service."""
