"""The pages of ``docs`` as HTML, which every desk can show: no network, no script, pictures beside them."""

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

PAGES = ("使用手册", "信息员", "规则清单")

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ max-width: 60em; margin: 1em auto; padding: 0 1em; color: #222; background: #fff;
  font: 16px/1.7 "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", sans-serif; }}
nav {{ border-bottom: 1px solid #ccc; padding-bottom: .3em; }}
h1, h2 {{ color: #9c1b1b; }}
h2 {{ border-bottom: 1px solid #ddd; margin-top: 2em; }}
table {{ border-collapse: collapse; margin: 1em 0; }}
th, td {{ border: 1px solid #bbb; padding: .25em .6em; text-align: left; vertical-align: top; }}
th {{ background: #f3f3f3; }}
code {{ background: #f3f3f3; padding: 0 .25em; font-family: Consolas, "Noto Sans Mono CJK SC", monospace; }}
pre {{ background: #f3f3f3; padding: .6em 1em; overflow-x: auto; }}
img {{ max-width: 100%; border: 1px solid #ccc; }}
@media print {{ nav {{ display: none; }} h2 {{ break-after: avoid; }} img, tr {{ break-inside: avoid; }} }}
</style>
</head>
<body>
<nav>{links}</nav>
"""
_FOOT = "</body>\n</html>\n"


def html_page(name: str, markdown: str) -> str:
    """One page of ``PAGES`` from its Markdown; links to the other pages and to headings lead to HTML."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(markdown)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following is not None:
            token.attrSet("id", heading_id(following.content))
        for inner in token.children or ():
            _lead_to_html(inner)
    links = "　".join(f'<a href="{page}.html">{page}</a>' for page in PAGES)
    body: str = reader.renderer.render(tokens, reader.options, {})
    return _HEAD.format(title=escape(name), links=links) + body + _FOOT


def heading_id(text: str) -> str:
    """The name links use for a heading: its letters and digits, blanks as hyphens, as code hosts make them."""
    return re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")


def _lead_to_html(token: Token) -> None:
    target = str(token.attrGet("href") or "")
    if token.type == "link_open" and target.partition("#")[0].endswith(".md") and "/" not in target:
        token.attrSet("href", target.replace(".md", ".html", 1))
