"""An xlwings engine for LibreOffice Calc over UNO, so that what works in Excel works there too."""
