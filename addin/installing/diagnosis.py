"""环境自检: what the facts of a desk mean for the tool, and for each problem the one thing to do."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from addin.installing.desk_facts import Buttons, DeskFacts, Tool
from addin.installing.office_losses import office_losses

FINE, FAULT = "√", "！"
_MACROS_OFF = {2: "会逐个询问", 3: "只许有签名的宏", 4: "全部禁用"}
_ALLOWED = 1
_OFFICIAL_FONTS = ("方正小标宋", "仿宋", "黑体")
_AGAIN = {"windows": "请关闭 Excel，再双击安装包里的“安装.bat”", "linux": "请重新运行 taizhang install --libreoffice"}

_BUTTONS: Mapping[Buttons, tuple[str, str]] = {
    "none": ("没有安装", "要用按钮，请运行 taizhang install --libreoffice"),
    "half": ("只装了一半", "请关闭 LibreOffice，再运行一次 taizhang install --libreoffice"),
    "lost": (
        "装过，但 LibreOffice 里已经没有（多半是重置过用户配置）",
        "请关闭 LibreOffice，再运行一次 taizhang install --libreoffice",
    ),
    "there": ("已安装", ""),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the page: what was looked at, what was found, and what to do (empty when all is well)."""

    title: str
    found: str
    advice: str = ""


def diagnose(facts: DeskFacts, packages: Mapping[str, str | None]) -> tuple[Check, ...]:
    """The page, in reading order. ``packages`` are installed versions by name, None when missing or unloadable."""
    return (*_program(facts, packages), *_excel(facts), *_office(facts), *_rest(facts))


def _program(facts: DeskFacts, packages: Mapping[str, str | None]) -> Iterator[Check]:
    yield Check("运行环境", f"Python {facts.python}，{facts.bits} 位，{facts.interpreter}")
    missing = [name for name, version in packages.items() if version is None]
    found = "，".join(f"{name} {version}" for name, version in packages.items() if version is not None)
    advice = f"缺少 {'、'.join(missing)}：请重新解压安装包，再安装一次" if missing else ""
    yield Check("组件", found, advice)
    yield _tool(facts)


def _tool(facts: DeskFacts) -> Check:
    """The interpreter behind the buttons. That it is not there is no fault of a desk that has no buttons."""
    again = _AGAIN.get(facts.system, _AGAIN["linux"])
    has_buttons = facts.addin_installed or facts.buttons != "none"
    said: Mapping[Tool, tuple[str, str]] = {
        "none": ("没有", again if has_buttons else ""),
        "broken": (
            "启动不了，或找不到工具的程序（解压的文件夹可能移动过、删除过）",
            f"解压的文件夹请放在固定位置，然后{again}",
        ),
        "no bridge": ("可以启动", ""),
        "ready": ("可以启动", ""),
    }
    return Check("按钮用的程序", *said[facts.tool])


def _excel(facts: DeskFacts) -> Iterator[Check]:
    if facts.system != "windows":
        yield Check("Excel", "这台电脑不是 Windows，按钮请装在 LibreOffice；命令行照常可用")
        return
    server = facts.excel_server
    if server is None:
        yield Check("Excel", "没有找到", "没有装 Excel：请用命令行校核、汇总、出表")
    elif "et.exe" in server.lower() or "wps" in server.lower():
        advice = "WPS 占用了 Excel 的位置：请在“WPS 配置工具—兼容设置”里取消“兼容第三方系统和软件”，再运行自检"
        yield Check("Excel", f"“Excel.Application”指向 WPS：{server}", advice)
    else:
        yield Check("Excel", f"{facts.excel_version or ''} {server}".strip())
    if facts.wps_server is not None:
        yield Check("WPS", f"已安装：{facts.wps_server}；WPS 里请用带按钮的 .xlsm 台账，或先用 Excel 打开")
    yield _macros(facts)
    yield _trusted_places(facts)
    if not facts.addin_installed:
        yield Check("Excel 按钮", "没有安装", "请双击安装包里的“安装.bat”，或运行 taizhang install --excel")
    elif facts.forbids_addins:
        yield Check("Excel 按钮", "已安装，但单位策略禁用了全部加载项", "请信息员放行加载项；放行前请用命令行")
    elif facts.addin_is_marked:
        advice = (
            "文件带着“来自互联网”的标记：请关闭 Excel，再双击一次“安装.bat”，或右键 taizhang.xlam—属性—勾选“解除锁定”"
        )
        yield Check("Excel 按钮", "已安装，但被 Windows 标记", advice)
    else:
        yield Check("Excel 按钮", "已安装")


def _macros(facts: DeskFacts) -> Check:
    if facts.forbids_macros:
        return Check("宏设置", "单位策略关闭了 Office 的 VBA", "请信息员允许 VBA；允许前请用命令行，效果一样")
    policy = facts.macro_policy
    if policy is not None and policy != _ALLOWED:
        where = "个人启动文件夹一般受信任，不受影响；按钮仍点不动时，"
        advice = f"{where}请信息员把个人启动文件夹（XLSTART）加入“受信任位置”" if policy in (3, 4) else ""
        return Check("宏设置", _MACROS_OFF.get(policy, str(policy)), advice)
    blocked = "；来自互联网的文件里的宏被禁用" if facts.blocks_internet_macros else ""
    return Check("宏设置", ("允许" if policy == _ALLOWED else "默认") + blocked)


def _trusted_places(facts: DeskFacts) -> Check:
    if not facts.forbids_trusted_places:
        return Check("受信任位置", "没有被停用")
    return Check("受信任位置", "全部停用", "请信息员恢复受信任位置，或在宏设置里允许这一个加载项；在此之前请用命令行")


def _office(facts: DeskFacts) -> Iterator[Check]:
    if facts.office_version is None:
        advice = (
            "" if facts.system == "windows" else "要用按钮，请信息员安装 LibreOffice（apt install libreoffice-calc）"
        )
        yield Check("LibreOffice", "没有找到；只在用 LibreOffice 的按钮或输出 PDF 时需要", advice)
        return
    yield Check("LibreOffice", facts.office_version)
    if not facts.speaks_chinese:
        yield Check(
            "中文文件名",
            "系统设定的语言环境没有安装，LibreOffice 打不开中文名的文件",
            "请信息员安装中文语言环境（Debian/Ubuntu：apt install locales 后运行 dpkg-reconfigure locales，"
            "选 zh_CN.UTF-8），再注销重新登录；在此之前文件名请用字母和数字",
        )
    changed = "；".join(loss.lost for loss in office_losses())
    yield Check("LibreOffice 存盘", f"会改变：{changed}。存盘前的文件自动留作快照，随时可以退回")
    if facts.system == "windows":
        return
    yield Check("LibreOffice 按钮", *_BUTTONS[facts.buttons])
    if facts.tool == "no bridge":
        yield Check(
            "LibreOffice 接口",
            "没有找到，或是给另一个版本的 Python 的",
            "请信息员安装 python3-uno，删掉解压文件夹里的 .venv，"
            "用系统自带的 Python 重装：/usr/bin/python3 run.py install --libreoffice",
        )


def lacking_fonts(here: Sequence[str]) -> list[str]:
    """The fonts of official papers that are not among those of the desk."""
    return [font for font in _OFFICIAL_FONTS if not any(font in name for name in here)]


def _rest(facts: DeskFacts) -> Iterator[Check]:
    lacking = lacking_fonts(facts.fonts)
    found = "、".join(facts.fonts) or "没有找到公文常用字体"
    advice = (
        f"缺少 {'、'.join(lacking)}：表格会用相近字体显示，内容不受影响；要求原字体的请信息员安装" if lacking else ""
    )
    yield Check("字体", found, advice)
    for name, can in facts.can_write.items():
        yield Check(f"写入{name}", "可以" if can else "不可以", "" if can else f"请信息员检查{name}的写入权限")


def page(checks: tuple[Check, ...]) -> Iterator[str]:
    """The verdict and the checks as lines of text, problems marked."""
    problems = sum(1 for check in checks if check.advice)
    yield "一切正常。" if not problems else f"有 {problems} 处要处理，见带“！”的行；把本页交给信息员也可以。"
    yield ""
    for check in checks:
        yield f"{FAULT if check.advice else FINE} {check.title}：{check.found}"
        if check.advice:
            yield f"    → {check.advice}。"
