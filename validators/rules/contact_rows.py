"""R-CONTACT-DEF, PERSON, EMERG: what a row of 联系记录 is worth, and who keeps in touch with whom."""

from collections.abc import Iterator

from validators.case_facts import facts
from validators.contacts import counting_channels
from validators.facts import PersonFacts
from validators.member_state import IN_CAMPAIGN
from validators.rule import Case, Hit, rule
from validators.table import Row
from validators.words import ContactChannel, Initiator, YesNo

_ONE_WAY = {ContactChannel.BROADCAST: "broadcast", ContactChannel.VIA_FAMILY: "family"}


@rule(
    "R-CONTACT-DEF",
    level="W",
    title="联系要与本人一来一往才算",
    registers=("contact_log",),
    wordings={
        "broadcast": (
            "联系方式是“群发通知”，“本人应答”却填“是”；群发通知不算与本人联系",
            "本人确有回复的，联系方式改填本人回复的方式（如微信、短信）；没有回复的，本人应答改为“否”",
        ),
        "family": (
            "联系方式是“家属转告”，“本人应答”却填“是”；与家属通话不算与本人联系",
            "请直接联系本人后另记一行；这一行的本人应答改为“否”",
        ),
        "not_there": (
            "联系方式是“参加组织生活”，“本人应答”却填“否”",
            "本人到场或线上参加的，改为“是”；没有参加的，按实际的联系方式填写",
        ),
        "own_call": (
            "发起方是“党员”，“本人应答”却填“否”",
            "党员本人来联系的，本人应答填“是”；是支部去联系的，发起方改为“支部”",
        ),
        "not_counted": (
            "按现行政策参数，“{value}”不算联系，这一行不计入季度联系",
            "请再用通话、视频或见面联系本人；设置有误的，请改“政策参数”里的“算作联系的方式”",
        ),
    },
    source="失联党员长效机制：电话、微信等形式，做好相关记录；排查方案：见人听声看视频",
    grade="S",
)
def counted(case: Case) -> Iterator[Hit]:
    """Rows that contradict themselves; answered ones the policy does not count (I). An unanswered try is no fault."""
    channels = counting_channels(case.policy)
    for row in case.book["contact_log"]:
        channel, answered = row.text("channel"), row["answered"]
        if answered == YesNo.YES and channel in _ONE_WAY:
            yield Hit("contact_log", row, "answered", _ONE_WAY[channel])
        elif answered == YesNo.YES and channel and channel not in channels:
            yield Hit("contact_log", row, "channel", "not_counted", "I")
        elif answered == YesNo.NO and channel == ContactChannel.ORGANISATION_LIFE:
            yield Hit("contact_log", row, "answered", "not_there")
        elif answered == YesNo.NO and row["initiator"] == Initiator.MEMBER and channel not in _ONE_WAY:
            yield Hit("contact_log", row, "answered", "own_call")


@rule(
    "R-CONTACT-PERSON",
    level="W",
    title="外出党员有专人联系",
    registers=("outflow", "contact_log"),
    wordings={
        "": (
            "支部联系人填的是党员本人",
            "请改填支部指定的联系人（支部委员或其他党员）",
        ),
    },
    source="《中国共产党党员教育管理工作条例》第三十三条：安排专人联系；失联党员长效机制",
    grade="V",
)
def contact_person(case: Case) -> Iterator[Hit]:
    """The contact person is somebody else; a blank is R-FLD-REQUIRED. Absences that are over are left alone."""
    for register in ("outflow", "contact_log"):
        for row in case.book[register]:
            named = row["contact_person"]
            if named is not None and named == row["name"] and row["returned_on"] is None:
                yield Hit(register, row, "contact_person")


@rule(
    "R-CONTACT-EMERG",
    level="W",
    title="外出党员有应急联系人",
    registers=("outflow", "abroad", "member_roster"),
    wordings={
        "": (
            "外出期间没有应急联系人，“党员名册”里也没有",
            "请补填一名应急联系人及其电话（亲属、同事均可），并注明关系",
        ),
        "phone": ("应急联系人“{contact}”没有电话", "请补填电话，本人失去联系时才找得到人"),
        "self": ("应急联系人填的是党员本人", "请改填亲属、同事等其他人"),
        "relation": ("没有填应急联系人“{contact}”与党员的关系", "请补填，例如 父子、夫妻、同事"),
    },
    source="失联党员长效机制：备用联系人（姓名、关系、电话）",
    grade="S",
)
def emergency(case: Case) -> Iterator[Hit]:
    """Somebody to call, with a phone, in the absence's row or the roster; the relation is a note (I)."""
    for one in facts(case):
        stay = one.situation.abroad or one.situation.away
        if stay is not None and one.state in IN_CAMPAIGN:
            yield from _emergency(one, stay.row)


def _emergency(one: PersonFacts, away: Row) -> Iterator[Hit]:
    abroad = one.situation.abroad is not None
    register = "abroad" if abroad else "outflow"
    name_key, phone_key = ("domestic_contact", "domestic_phone") if abroad else ("emergency_contact", "emergency_phone")
    sources = (
        (register, away, name_key, phone_key),
        ("member_roster", one.member, "emergency_contact", "emergency_phone"),
    )
    named = [source for source in sources if source[1][source[2]] is not None]
    others = [source for source in named if source[1][source[2]] != one.name]
    if not named:
        yield Hit(register, away, name_key)
    elif not others:
        for place, row, key, _ in named:
            yield Hit(place, row, key, "self")
    elif all(row[phone] is None for _, row, _, phone in others):
        place, row, key, phone = others[0]
        yield Hit(place, row, phone, "phone", details={"contact": row[key]})
    elif one.member["emergency_contact"] is not None and one.member["emergency_relation"] is None:
        details = {"contact": one.member["emergency_contact"]}
        yield Hit("member_roster", one.member, "emergency_relation", "relation", "I", details)
