"""Putting the add-in where Excel or LibreOffice loads it, and checking the desk; per user, without rights."""
