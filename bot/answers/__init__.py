"""The curated answers and the centres: loading, checking and picking them."""
