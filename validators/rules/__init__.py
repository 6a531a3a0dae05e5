"""The rule catalogue: one @rule function per rule id, grouped as the catalogue is."""
