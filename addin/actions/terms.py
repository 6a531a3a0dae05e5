"""The terms a workbook is judged by: its policy and its 基准日."""

from collections.abc import Mapping
from datetime import date

from addin.desk import Desk
from addin.problem import CannotUse
from validators.policy import DEFAULT_PROFILE, Policy, PolicyError, load_policy
from validators.table import Book


def policy_of(book: Book) -> Policy:
    """The profile named on the cover with the values typed in 政策参数. Raises CannotUse."""
    return policy_for(book.cover.text("policy_profile"), book.policy_overrides, book.file)


def policy_for(profile: str, overrides: Mapping[str, str], file: str) -> Policy:
    """A profile with a workbook's own values. Raises CannotUse, naming the file."""
    try:
        return load_policy(profile or DEFAULT_PROFILE, overrides)
    except PolicyError as error:
        raise CannotUse(f"“{file}”的政策参数不能用：{error}") from None


def as_of_for(book: Book, wanted: date | None, desk: Desk) -> date:
    """The 基准日: from the command line, else from the cover, else today (said aloud)."""
    if wanted is not None:
        return wanted
    on_cover = book.cover.day("as_of")
    if on_cover is not None:
        return on_cover
    today = desk.today()
    desk.tell(f"“{book.file}”封面没有基准日，按今天 {today} 计算。")
    return today
