"""What a register is and what is wrong with one. Pure: no spreadsheet library, no clock, no file writing."""
