"""What a workbook may carry besides its cells, in the clerk's words, and how each is taken out."""

from collections.abc import Iterable, Mapping

_SAVE_AS = "另存为“Excel 工作簿（.xlsx）”"
_DELETE = "点中它，按 Delete 键删除"
_QUERIES = "在“数据—查询和连接”里删除"

CARRIED: Mapping[str, tuple[str, str]] = {
    "vbaProject.bin": ("宏", _SAVE_AS),
    "macrosheets/": ("旧式宏表", "删除那张宏表"),
    "dialogsheets/": ("旧式对话框", "删除那张对话框表"),
    "customUI/": ("自定义功能区", _SAVE_AS),
    "externalLinks/": ("到其他工作簿的链接", "在“数据—编辑链接”里断开链接"),
    "embeddings/": ("嵌入的对象", _DELETE),
    "activeX/": ("控件", f"在“开发工具—设计模式”里{_DELETE}"),
    "connections.xml": ("外部数据连接", _QUERIES),
    "queryTables/": ("外部数据查询", _QUERIES),
    "xl/model/": ("数据模型", _QUERIES),
    "volatileDependencies.xml": ("实时数据链接", "把用到 RTD 公式的格改成直接填写的内容"),
    "webextensions/": ("网络加载项", "在“插入—我的加载项”里移除"),
}
"""By a part of the name of the package's part: what it is, how a clerk takes it out in Excel."""

USUAL_IN_MACRO_FILES = ("宏", "自定义功能区")

_WAYS = dict(CARRIED.values())


def how_to_remove(words: Iterable[str]) -> str:
    """The advice for what was found, each way once."""
    ways = dict.fromkeys(_WAYS[word] for word in words)
    return f"不是您有意加的，请去掉再保存：{'；'.join(ways)}"
