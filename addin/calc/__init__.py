"""An xlwings engine for LibreOffice Calc over UNO, so that what works in Excel works there too."""

import addin.hosts.lean  # noqa: F401  xlwings must be loaded by way of it
