"""The named formats of the schemas, value by value."""

from datetime import date

import pytest

from validators.areas import areas, flow_kind
from validators.formats import FORMATS, faults
from validators.organisation_codes import is_credit_code
from validators.phones import numbers, plain_mobile
from validators.registers import registers
from validators.table import Value

AS_OF = date(2026, 11, 24)


def told(name: str, value: Value) -> str:
    """Wording and level of the only fault, "" when there is none."""
    found = faults(name, value, AS_OF)
    assert len(found) <= 1
    return " ".join(filter(None, (found[0].rule, found[0].wording, found[0].level))) if found else ""


@pytest.mark.parametrize("value", ["张三", "买买提·艾力", "欧阳建国", "O'Neil", "阿布都热依木·阿卜杜拉·吐尔逊"])
def test_names(value: str) -> None:
    assert told("person-name", value) == ""


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("张", "R-FLD-NAME length"),
        ("张三2", "R-FLD-NAME digit"),
        ("张三（大）", "R-FLD-NAME strange"),
        ("张三,李四", "R-FLD-NAME strange"),
        ("好" * 31, "R-FLD-NAME length"),
    ],
)
def test_names_that_are_none(value: str, fault: str) -> None:
    assert told("person-name", value) == fault


@pytest.mark.parametrize(
    "value",
    [
        "15412345678",
        "154 1234 5678",
        "+86 15412345678",
        "008615412345678",
        "154-1234-5678",
        "0516-83591234",
        "010-12345678-801",
        "051683591234",
        "15412345678；0516-83591234",
        "15412345678/15412345679、15412345670",
    ],
)
def test_phones(value: str) -> None:
    assert told("phone", value) == ""


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (15412345678, "R-FLD-PHONE number E"),
        (1.38e10, "R-FLD-PHONE number E"),
        ("1.38E+10", "R-FLD-PHONE number E"),
        ("1541234567", "R-FLD-PHONE impossible E"),
        ("154123456789", "R-FLD-PHONE impossible E"),
        ("12412345678", "R-FLD-PHONE impossible E"),
        ("没有", "R-FLD-PHONE impossible E"),
        ("15412345678;1541", "R-FLD-PHONE impossible E"),
        ("400-800-1234", "R-FLD-PHONE hotline W"),
        ("83591234", "R-FLD-PHONE no_area W"),
    ],
)
def test_phones_that_are_none(value: Value, fault: str) -> None:
    assert told("phone", value) == fault


def test_several_numbers_in_a_cell_are_taken_apart() -> None:
    assert list(numbers("154 1234 5678；+86-15412345679")) == ["15412345678", "15412345679"]
    assert plain_mobile("154-1234-5678") == "15412345678"
    assert plain_mobile("0516-83591234") is None


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("zhangsan_01", ""),
        ("15412345678", ""),
        ("zhang", "R-FLD-WECHAT"),
        ("1zhangsan", "R-FLD-WECHAT"),
        ("张三的微信", "R-FLD-WECHAT"),
    ],
)
def test_wechat(value: str, fault: str) -> None:
    assert told("wechat", value) == fault


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("320506", ""),
        ("320500", ""),
        ("810000", "R-FLD-AREA coarse W"),
        ("710100", ""),
        ("320000", "R-FLD-AREA coarse W"),
        ("990101", "R-FLD-AREA province E"),
        ("320399", "R-FLD-AREA unknown W"),
        ("110103", "R-FLD-AREA withdrawn W"),
        ("32050", "R-FLD-AREA shape W"),
        (320506, ""),
    ],
)
def test_area_codes(value: Value, fault: str) -> None:
    assert told("area-code", value) == fault


def test_area_names() -> None:
    assert areas().full_name("320506") == "江苏省苏州市吴中区"
    assert areas().full_name("110101") == "北京市东城区"
    assert areas().full_name("429004") == "湖北省仙桃市"
    assert areas().full_name("379901") == ""
    assert len(areas().names) > 3000


def test_municipalities_are_never_across_cities() -> None:
    assert flow_kind("320506", "370102") == "province"
    assert flow_kind("320506", "320102") == "city"
    assert flow_kind("500101", "500229") == "same"
    assert flow_kind("320506", "320507") == "same"


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("011100126220", ""),
        ("91350100M000100Y43", ""),
        ("91350100M000100Y44", "R-FLD-ORG credit W"),
        ("11100126220", "R-FLD-ORG shape W"),
        (11100126220, "R-FLD-ORG number E"),
    ],
)
def test_organisation_codes(value: Value, fault: str) -> None:
    assert told("organisation-code", value) == fault


def test_credit_codes_never_use_some_letters() -> None:
    assert not is_credit_code("91350100I000100Y43")


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("year-month", "2026-09", ""),
        ("year-month", "2026-13", "R-FLD-DATES month E"),
        ("year-month", "2026.9", "R-FLD-DATES month E"),
        ("year-month", "0026-09", "R-FLD-DATES month E"),
        ("year-month", 202609, "R-FLD-DATES month E"),
        ("year", "2026", ""),
        ("year", 2026, ""),
        ("year", "26", "R-FLD-YEAR"),
        ("year-list", "2024,2025", ""),
        ("year-list", "2024、2025", ""),
        ("year-list", "2024,25", "R-FLD-YEAR list"),
        ("period", "2026", ""),
        ("period", "2026Q4", ""),
        ("period", "2026-11", ""),
        ("period", "2026Q5", "R-X-COVER period"),
        ("period", "四季度", "R-X-COVER period"),
        ("file-number", "011100126220-2026-001", ""),
        ("file-number", "2026-001", "R-FLD-FILENO shape W"),
    ],
)
def test_months_years_periods_and_file_numbers(name: str, value: Value, fault: str) -> None:
    assert told(name, value) == fault


def test_every_format_of_the_schemas_is_known() -> None:
    used = {column.format for register in registers().values() for column in register.columns}
    assert used - {None, "date"} == set(FORMATS)


def test_blank_values_have_no_fault() -> None:
    assert all(faults(name, None, AS_OF) == () for name in FORMATS)
