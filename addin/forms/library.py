"""The forms at hand: those shipped in ``workbook_templates/forms`` and a folder of one's own, whose forms win."""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from addin.forms.arithmetic import ArithmeticError_, expression_keys, relation
from addin.forms.balancing import SUM_OF_ROWS
from addin.forms.parsing import parse_form
from addin.forms.schema_words import in_words
from addin.forms.spec import Form, FormError

FORMS = Path(__file__).resolve().parents[2] / "workbook_templates" / "forms"
SCHEMA, CONDITIONS = "form.schema.json", "conditions.json"
CROSS_CHECKS, CROSS_SCHEMA = "cross_checks.json", "cross_checks.schema.json"
TITLE_ALIASES = "title_aliases.json"
_NOT_FORMS = frozenset({SCHEMA, CONDITIONS, CROSS_CHECKS, CROSS_SCHEMA, TITLE_ALIASES})


def load_forms(own: Path | None = None) -> Mapping[str, Form]:
    """Every form by name in printing order; those in the folder ``own`` replace shipped ones of the same name.

    Raises FormError with one sentence for a file that cannot be used.
    """
    shared = read_json(FORMS / CONDITIONS)
    found = {form.name: form for form in _forms_in(FORMS, shared)}
    if own is not None:
        if not own.is_dir():
            raise FormError(f"找不到表样文件夹“{own}”。")
        more = own / CONDITIONS
        wider = {**shared, **read_json(more)} if more.exists() else shared
        found |= {form.name: form for form in _forms_in(own, wider)}
    return dict(sorted(found.items(), key=lambda entry: (entry[1].place, entry[0])))


def read_form(path: Path, shared: Mapping[str, Any]) -> Form:
    """One form file, checked against the schema. Raises FormError."""
    data = read_json(path)
    problems = sorted(_validator().iter_errors(data), key=lambda problem: list(map(str, problem.absolute_path)))
    if problems:
        raise FormError(f"表样 {path.name} 不能用：{in_words(problems[0])}。")
    form = parse_form(data, shared, path.name)
    _check_relations(form)
    return form


def _forms_in(folder: Path, shared: Mapping[str, Any]) -> Iterator[Form]:
    for path in sorted(folder.glob("*.json")):
        if path.name not in _NOT_FORMS:
            yield read_form(path, shared)


def read_json(path: Path) -> dict[str, Any]:
    """A data file of the forms. Raises FormError with line and column."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as problem:
        raise FormError(
            f"表样 {path.name} 第 {problem.lineno} 行第 {problem.colno} 列看不懂（JSON 写法不对）。"
        ) from None
    except UnicodeDecodeError:
        raise FormError(f"表样 {path.name} 不是 UTF-8 编码，请另存为 UTF-8。") from None
    if not isinstance(data, dict):
        raise FormError(f"表样 {path.name} 应以花括号 {{ 开头。")
    return data


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(read_json(FORMS / SCHEMA))


def _check_relations(form: Form) -> None:
    """Every key a relation names must be a column, row or line of the form."""
    columns = {leaf.key for leaf in form.leaves}
    rows = {row.key for row in form.rows.fixed} if form.rows is not None else set()
    if form.rows is not None and form.rows.total:
        rows.add("total")
    lines = {line.key for line in form.supplement}
    try:
        for text in form.column_relations:
            read = relation(text)
            _check_keys(form, text, (*read.keys, *filter(None, (read.when,))), columns)
        for text in form.row_relations:
            if text != SUM_OF_ROWS:
                _check_keys(form, text, _always(text), rows)
        for text in form.supplement_relations:
            cells = {f"{row}.{column}" for row in rows for column in columns}
            _check_keys(form, text, _always(text), lines | cells)
        for row in form.rows.fixed if form.rows is not None else ():
            if row.compute:
                _check_keys(form, row.compute, expression_keys(row.compute), rows)
        _check_keys(form, "keep", form.rows.keep if form.rows is not None else (), columns)
        for leaf in form.leaves:
            if leaf.compute:
                _check_keys(form, leaf.compute, expression_keys(leaf.compute), columns)
    except ArithmeticError_ as problem:
        raise FormError(f"表样 {form.file} 不能用：{problem}。") from None


def _always(text: str) -> tuple[str, ...]:
    """The keys of a relation that is not held against rows of columns. Raises ArithmeticError_."""
    if relation(text).when:
        raise ArithmeticError_(f"关系式“{text}”：when 只能写在栏目之间的关系里")
    return relation(text).keys


def _check_keys(form: Form, text: str, keys: Iterable[str], known: set[str]) -> None:
    unknown = [key for key in keys if key not in known]
    if unknown:
        raise FormError(f"表样 {form.file} 不能用：关系式“{text}”里的“{unknown[0]}”不是本表的栏目。")
