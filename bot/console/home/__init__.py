"""The first page: what is to be done today."""
