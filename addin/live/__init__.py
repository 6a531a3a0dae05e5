"""What each button does in the open workbook."""
