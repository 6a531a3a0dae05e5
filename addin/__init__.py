"""What the buttons and commands do, and the programs they do it in. Imports validators, never the reverse."""
