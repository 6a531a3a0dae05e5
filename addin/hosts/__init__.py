"""Edges to spreadsheet programs and closed workbook files."""
