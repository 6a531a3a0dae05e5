"""Workbook packages (.xlsx, .xlsm) edited part by part: whatever is not touched stays byte for byte."""
