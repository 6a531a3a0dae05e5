"""Writes macro projects (vbaProject.bin) from text, without Excel: MS-OVBA source-only projects in an MS-CFB file."""
