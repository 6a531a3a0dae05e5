"""Official tables (表册): data files in ``workbook_templates/forms``, loaded, filled and balanced here."""
