"""One module per command: read, check or compute, write."""
