"""Where the manual lies, in every layout: source folder, wheel and Windows bundle keep ``docs`` beside ``addin``."""

from pathlib import Path

from addin.problem import CannotUse

FOLDER = Path(__file__).resolve().parents[1] / "docs"


def manual_page(folder: Path = FOLDER) -> Path:
    """The manual's first page. Raises CannotUse when it did not come along."""
    page = folder / "使用手册.html"
    if not page.is_file():
        raise CannotUse(f"没有找到使用手册（{page}）：请重新解压安装包，再安装一次。")
    return page
