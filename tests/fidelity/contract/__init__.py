"""One script over the whole Bot API surface of the sandbox, run with two libraries of others."""
