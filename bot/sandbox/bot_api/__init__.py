"""The Bot API over HTTP: calls, updates, refusals."""
