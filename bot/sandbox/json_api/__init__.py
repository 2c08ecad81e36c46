"""The JSON API that drives the sandbox: for tests, scripts and the page."""
