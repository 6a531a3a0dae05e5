"""Turns written forms into PDF with LibreOffice, where it is installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from addin.hosts.scratch import scratch_folder

_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_SECONDS_A_FILE = 120


class NoPdf(Exception):
    """PDF could not be made. Its text is one Chinese sentence."""


def find_office() -> Path | None:
    """LibreOffice's program: ``soffice`` on the path or in its usual place."""
    named = shutil.which("soffice") or shutil.which("libreoffice")
    if named:
        return Path(named)
    return next((Path(place) for place in _PLACES if Path(place).exists()), None)


def make_pdfs(files: Sequence[Path], folder: Path) -> list[Path]:
    """A PDF of each workbook in ``folder``, under the same name. Raises NoPdf."""
    office = find_office()
    if office is None:
        raise NoPdf("这台电脑没有 LibreOffice，不能直接出 PDF；请用 Excel 或 WPS 打开表册，选“另存为 PDF”。")
    with scratch_folder() as profile:
        command = [str(office), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, files)]
        try:
            limit = _SECONDS_A_FILE + _SECONDS_A_FILE * len(files) // 4
            done = subprocess.run(
                command, capture_output=True, timeout=limit, check=False, env={**os.environ, "SAL_USE_VCLPLUGIN": "svp"}
            )
        except (OSError, subprocess.TimeoutExpired):
            raise NoPdf("LibreOffice 没有在规定时间内完成转换；表册已写好，请打开后另存为 PDF。") from None
    made = [folder / f"{file.stem}.pdf" for file in files]
    missing = [pdf.name for pdf in made if not pdf.exists()]
    if done.returncode != 0 or missing:
        raise NoPdf(f"LibreOffice 没能转换{'、'.join(missing) or '全部表册'}；表册已写好，请打开后另存为 PDF。")
    return made
