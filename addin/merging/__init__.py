"""Merging upward (合并): from files handed in to the sheets of a 党委汇总. Pure; nothing here opens a file."""
