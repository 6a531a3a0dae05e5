"""Made-up committees and branches for trying the tool out and for its tests; nobody in them exists."""
