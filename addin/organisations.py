"""What the organisations of a workbook are called: the branch of the cover, or everyone in 党组织名录."""

from collections.abc import Mapping

from validators.table import Book


def organisation_names(book: Book) -> Mapping[str, str]:
    """党组织名称 by 党组织代码; a code without a name is missing."""
    names = {book.cover.text("organisation_code"): book.cover.text("organisation_name")}
    if "organisation_directory" in book.tables:
        for row in book["organisation_directory"]:
            names.setdefault(row.text("organisation_code"), row.text("organisation_name"))
    return {code: name for code, name in names.items() if code and name}
