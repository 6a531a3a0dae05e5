"""The Chinese words of the code lists that logic compares with: one class a list, one constant a word."""


class YesNo:
    """是否, list ``yes_no``."""

    YES = "是"
    NO = "否"


class Sex:
    """性别, list ``sex``."""

    MALE = "男"
    FEMALE = "女"


class Education:
    """学历, list ``education``."""

    POSTGRADUATE = "研究生"
    UNDERGRADUATE = "大学本科"
    JUNIOR_COLLEGE = "大学专科"
    SECONDARY_VOCATIONAL = "中专"
    SENIOR_HIGH = "高中、中技"
    JUNIOR_HIGH_OR_LESS = "初中及以下"


class EducationClass:
    """学历三类, list ``education_class``."""

    COLLEGE_OR_MORE = "大专及以上"
    SECONDARY = "中专、高中、中技"
    JUNIOR_HIGH_OR_LESS = "初中及以下"


class MemberType:
    """人员类别, list ``member_type``."""

    FULL = "正式党员"
    PROBATIONARY = "预备党员"


class MembershipStatus:
    """党籍状态, list ``membership_status``."""

    NORMAL = "正常"
    STOPPED = "停止党籍"


class RelationBelonging:
    """关系归属, list ``relation_belonging``."""

    HERE = "在册"
    NO_RECEIPT = "转出未回执"
    LEFT = "已离开"


class EntryWay:
    """进入方式, list ``entry_way``."""

    OPENING = "期初在册"
    ADMITTED = "发展"
    TRANSFERRED_IN = "转入"
    RESTORED = "恢复党籍"


class ExitWay:
    """离开情形, list ``exit_way``."""

    TRANSFERRED_OUT = "已转出"
    EXPELLED = "已出党"
    DIED = "去世"


class MemberTag:
    """标签, list ``member_tag``."""

    HARDSHIP = "生活困难"
    POCKET = "口袋"
    DETACHED = "空挂"
    KEY = "重点"


class Appraisal:
    """民主评议等次, list ``appraisal``."""

    EXCELLENT = "优秀"
    QUALIFIED = "合格"
    BARELY_QUALIFIED = "基本合格"
    UNQUALIFIED = "不合格"
    NOT_TAKEN_PART = "未参加评议"
    EXEMPT = "免评"


class LostSituation:
    """失去联系情形, list ``lost_situation``."""

    WORKING_AWAY = "外出务工经商"
    UNIT_CLOSED = "单位改制或破产"
    GRADUATED = "毕业后去向不明"
    JOB_CHANGED = "工作单位改变"
    ABROAD = "出国（境）"
    MOVED = "居住地改变"
    OTHER = "其他"


class OrganisationCategory:
    """党组织类别, list ``organisation_category``."""

    STATE_FIRM = "国有企业"
    PRIVATE_FIRM = "非公有制企业"
    VILLAGE = "农村"
    GOVERNMENT = "党政机关"
    SCHOOL = "学校"
    OTHER_INSTITUTION = "其他事业单位"
    COMMUNITY = "街道社区"
    SOCIAL_ORGANISATION = "社会组织"
    OTHER = "其他"


class OrganisationLevel:
    """党组织层级, list ``organisation_level``."""

    BRANCH = "党支部"
    GENERAL_BRANCH = "党总支"
    COMMITTEE = "基层党委"
    COUNTY_DEPARTMENT = "县级组织部"


class Profile:
    """政策方案, list ``policy_profile``."""

    CURRENT_2024 = "current_2024"
    TIAOLI_2019 = "tiaoli_2019"
    LEGACY_2016 = "legacy_2016"


class FlowRange:
    """流动范围, list ``flow_range``."""

    WITHIN_CITY = "市（地）内流动"
    WITHIN_PROVINCE = "省内跨市（地）流动"
    OTHER_PROVINCE = "跨省流动"
    ABROAD = "出国（境）"
    UNKNOWN = "不掌握流向"


class DestinationUnitType:
    """外出流向单位类别, list ``destination_unit_type``."""

    PUBLIC = "公有经济控制单位"
    GOVERNMENT = "机关"
    INSTITUTION = "事业单位"
    TALENT_CENTRE = "人才（劳动）服务中心"
    PUBLIC_HMT = "港澳台商投资企业（公有）"
    PUBLIC_FOREIGN = "外商投资企业（公有）"
    PRIVATE = "非公有经济控制单位"
    NON_PROFIT = "民办非企业单位"
    PRIVATE_FIRM = "私营企业"
    PRIVATE_HMT = "港澳台商投资企业（非公）"
    PRIVATE_FOREIGN = "外商投资企业（非公）"
    SELF_EMPLOYED = "个体工商户"
    URBAN_COMMUNITY = "城市社区（居委会）"
    TOWNSHIP_COMMUNITY = "乡镇社区（居委会）"
    VILLAGE = "建制村"
    OTHER = "其他"
    UNKNOWN = "不掌握流向"


class Occupation:
    """原职业, list ``occupation``."""

    MANAGER_OR_PROFESSIONAL = "公有经济企事业单位管理人员、专业技术人员"
    SERVICE_WORKER = "工勤技能人员"
    FARMER = "农牧渔民"
    UNEMPLOYED_GRADUATE = "未就业的高校毕业生"
    INTERMEDIARY = "中介组织从业人员"
    LAWYER = "执业律师"
    ACCOUNTANT = "会计师"
    OTHER = "其他"


class OutflowReason:
    """外出原因, list ``outflow_reason``."""

    WORK = "务工"
    TRADE = "经商"
    WITH_FAMILY = "随子女（家属）居住"
    STUDY = "就学"
    SEEKING_WORK = "毕业待业"
    LAID_OFF = "解除劳动关系后异地就业"
    RETIRED = "退休异地居住"
    ABROAD = "出国（境）"
    OTHER = "其他"


class Management:
    """管理方式, list ``management``."""

    HOST = "纳入流入地党组织管理"
    FLOATING_ORGANISATION = "编入流动党员党组织"
    HOME_BRANCH = "由本支部联系管理"
    NOT_ARRANGED = "未落实"


class Initiator:
    """发起方, list ``initiator``."""

    BRANCH = "支部"
    MEMBER = "党员"


class ContactChannel:
    """联系方式, list ``contact_channel``."""

    FACE_TO_FACE = "面谈"
    PHONE = "电话"
    VIDEO = "视频"
    WECHAT = "微信"
    QQ = "QQ"
    TEXT = "短信"
    LETTER = "信函"
    ORGANISATION_LIFE = "参加组织生活"
    BROADCAST = "群发通知"
    VIA_FAMILY = "家属转告"


class LifeDuesEvent:
    """组织生活党费事项, list ``life_dues_event``."""

    LIFE = "组织生活"
    DUES = "交纳党费"


class ParticipationPlace:
    """参加地, list ``participation_place``."""

    HOME = "本支部"
    HOST = "流入地"
    ONLINE = "线上"


class LostCause:
    """失联原因, list ``lost_cause``."""

    OBJECTIVE = "客观"
    SUBJECTIVE = "主观"
    UNKNOWN = "未查明"


class SearchOutcome:
    """查找结果, list ``search_outcome``."""

    SEARCHING = "查找中"
    FOUND = "取得联系"
    NOT_FOUND = "无法取得联系"


class SearchMethod:
    """查找方式, list ``search_method``."""

    DIRECT = "直接联系"
    PEOPLE = "人际查找"
    DEPARTMENT = "部门查找"
    NETWORK = "网络社交平台"
    VISIT = "实地走访"
    HOST_ORGANISATION = "流入地党组织协查"
    PUBLIC_NOTICE = "公告寻找"


class SearchResult:
    """查找记录结果, list ``search_result``."""

    NOT_REACHED = "未联系上"
    NUMBER_DEAD = "号码失效"
    LEAD = "有线索"
    REACHED = "本人取得联系"
    CONFIRMED_DEAD = "确认去世"
    CONFIRMED_ABROAD = "确认出国（境）"
    SETTLED_ELSEWHERE = "确认已在他处落实组织关系"
    NO_LEAD = "无线索"
    NO_ANSWER = "未答复"
    REFUSED = "不予提供"


class Attitude:
    """本人态度, list ``attitude``."""

    GOOD = "端正"
    BAD = "不端正"
    UNKNOWN = "不明"


class WishToStay:
    """愿否留党, list ``wish_to_stay``."""

    YES = "愿意"
    NO = "不愿意"
    UNKNOWN = "不明"


class LetterDirection:
    """介绍信方向, list ``letter_direction``."""

    OUT = "转出"
    IN = "转入"


class ChangeKind:
    """变化性质, list ``change_kind``."""

    PERMANENT = "永久"
    TEMPORARY = "临时"


class Settlement:
    """落实情况, list ``settlement``."""

    ON_THE_WAY = "在途"
    SETTLED = "已落实"
    SETTLED_PROOF_PENDING = "已落实待补证明"
    NOT_SETTLED = "未落实"


class LetterFollowUp:
    """介绍信后续处理, list ``letter_follow_up``."""

    PROOF = "补开证明"
    REISSUE = "补转"
    MANAGED_HERE = "仍由本支部管理"
    SEARCHED_HERE = "仍由本支部查找"


class StubStatus:
    """存根状态, list ``stub_status``."""

    ON_THE_WAY = "在途"
    RECEIPTED = "已回执"
    EXPIRED = "过期未回执"
    VOID = "作废"
    CONFIRMED = "已确认落实"


class DispositionSituation:
    """处置情形, list ``disposition_situation``."""

    D01 = "D01 正式党员已取得联系，说清原因、态度端正、愿留党、核实无不良反映"
    D02 = "D02 已取得联系，组织关系应在别处"
    D03 = "D03 介绍信已开出未落实，有客观或正当理由"
    D04 = "D04 出国（境）留学、探亲、讲学、劳务，未办手续"
    D05 = "D05 出国（境）或赴港澳长期定居"
    D06 = "D06 出国（境）学习研究超过5年未返回"
    D07 = "D07 已取得联系，主观原因失联或有不合格表现，愿意改正"
    D08 = "D08 限期改正期满，已改正"
    D09 = "D09 限期改正期满仍不合格，或拒不认错、以退党相要挟"
    D10 = "D10 劝其退党，本人坚持不退"
    D11 = "D11 已取得联系，经教育仍书面申请退党"
    D12 = "D12 已取得联系，明确不愿留党，未提出书面申请"
    D13 = "D13 能联系，无正当理由达到党章第九条期限"
    D14 = "D14 正式党员失联满6个月，多方查找仍无法取得联系"
    D15 = "D15 因失联停止党籍满2年，仍无法取得联系"
    D16 = "D16 停止党籍后重新取得联系，本人申请恢复"
    D17 = "D17 预备党员已取得联系"
    D18 = "D18 预备党员失联满6个月，无法取得联系"
    D19 = "D19 预备党员出国（境）定居"
    D20 = "D20 只有介绍信、无入党志愿书、身份无法认定，或违规吸收、查实不是党员"
    D21 = "D21 有违纪违法问题"
    D22 = "D22 已转出并在他处落实组织关系"
    D23 = "D23 事实不清或情况特别复杂"
    D24 = "D24 已去世"


class Outcome:
    """拟处理, list ``disposition_outcome``."""

    NORMAL = "纳入正常管理"
    TRANSFER_OUT = "转出组织关系"
    REISSUE_TRANSFER = "补转组织关系"
    KEEP_WHILE_ABROAD = "补办保留组织关系手续"
    EXTEND_PROBATION = "延长预备期"
    CORRECT_IN_TIME = "限期改正"
    ADVISE_TO_LEAVE = "劝其退党"
    REMOVE_AFTER_ADVICE = "劝而不退除名"
    REMOVE_AS_DROPPED_OUT = "自行脱党除名"
    REMOVE_ON_REQUEST = "退党除名"
    STOP_MEMBERSHIP = "停止党籍"
    RESTORE_MEMBERSHIP = "恢复党籍"
    CANCEL_PROBATION = "取消预备党员资格"
    NOT_RECOGNISED = "不予承认党员资格"
    TO_DISCIPLINE = "移送纪检"
    PROOF = "补开证明"
    POSTPONE = "暂缓"
    DIED = "去世注销"


class ExitCategory:
    """出党方式, list ``exit_category``."""

    EXPELLED = "开除党籍"
    REMOVED_ON_REQUEST = "退党除名"
    ADVISED_TO_LEAVE = "劝退"
    REMOVED_AFTER_ADVICE = "劝而不退除名"
    REMOVED_AS_DROPPED_OUT = "自行脱党除名"
    UNREACHABLE = "经多方查找确实无法取得联系"
    PROBATION_CANCELLED = "取消预备党员资格"
    NOT_RECOGNISED = "不予承认"


class ServiceOutcome:
    """送达情况, list ``service_outcome``."""

    SIGNED = "已签"
    REFUSED = "拒签"
    UNREACHABLE = "联系不上"


class CorrectionConclusion:
    """期满结论, list ``correction_conclusion``."""

    QUALIFIED = "合格"
    STILL_UNQUALIFIED = "仍不合格"


class CheckValue:
    """核查结果, list ``check_value``."""

    FINE = "无问题"
    PROBLEM = "有问题"
    UNCHECKED = "未查"


class VerificationWay:
    """核实方式, list ``verification_way``."""

    MET = "见面"
    CALLED = "通话"
    VIDEO = "视频"
    OTHERS = "他人证实"
    NONE = "未核实"


class CampaignConclusion:
    """排查结论, list ``campaign_conclusion``."""

    NORMAL = "正常在册"
    FLOATING = "外出流动"
    DETACHED = "空挂"
    LOST = "失联"
    NO_RECEIPT = "转出未回执"
    OTHER = "其他"


class AbroadPurpose:
    """出国（境）事由, list ``abroad_purpose``."""

    STUDY = "留学"
    VISITING = "访学"
    WORK = "工作"
    LABOUR = "劳务"
    FAMILY_VISIT = "探亲"
    SETTLING = "定居"
    OTHER = "其他"


class ReviewValue:
    """年审核对, list ``review_value``."""

    CHECKED = "已核"
    CHANGED = "有变化"
    UNCHECKED = "未核"


class ReviewConclusion:
    """年审结论, list ``review_conclusion``."""

    PASSED = "通过"
    TO_AMEND = "补正"
    TO_CAMPAIGN = "列入排查"


class ConflictChoice:
    """冲突采用, list ``conflict_choice``."""

    ONE = "甲方值"
    TWO = "乙方值"
    LATER = "暂不处理"


class ConflictKind:
    """冲突类型, list ``conflict_kind``."""

    DOUBLE_ROSTER = "双重名册"
    FIELD_DIFFERS = "字段不一致"


class MemberState:
    """主状态, list ``member_state``."""

    EXPELLED = "已出党"
    DIED = "去世"
    TRANSFERRED = "已转出且收到回执"
    STOPPED = "停止党籍"
    LOST = "失联"
    NO_RECEIPT = "已转出未收到回执"
    KEPT_ABROAD = "出国（境）保留组织关系"
    FLOATING = "流动党员"
    AWAY = "外出"
    DETACHED = "空挂"
    NORMAL = "正常"


class FindingLevel:
    """级别, list ``finding_level``."""

    ERROR = "错误"
    QUERY = "疑点"
    NOTE = "提示"


class FindingStatus:
    """问题状态, list ``finding_status``."""

    NEW = "新增"
    STILL = "仍在"
    MENDED = "已改"


class DueStatus:
    """期限状态, list ``due_status``."""

    OVERDUE = "逾期"
    DUE = "到期"
    COMING = "将到期"


class SubmissionStatus:
    """报送状态, list ``submission_status``."""

    SUBMITTED = "已报"
    MISSING = "未报"
    DOUBLE = "重复报送"
    WRONG_PERIOD = "期别不符"
    OLD_TEMPLATE = "模板旧版"
    UNREADABLE = "无法读取"


class MergeChange:
    """合并变化, list ``merge_change``."""

    ADDED = "新增"
    UPDATED = "更新"
    REMOVED = "删除"
    SAME = "未变"


class FlowMatch:
    """比对结果, list ``flow_match``."""

    MATCHED = "已对上"
    OUTFLOW_ONLY = "仅流出方"
    INFLOW_ONLY = "仅流入方"
    DATE_DIFFERS = "日期不一致"
    PLACE_DIFFERS = "地点不一致"
    NUMBER_DIFFERS = "证号不一致"
    OUTSIDE = "外部"
    UNCONFIRMED = "超期未确认"
    SUSPECTED = "疑似"


class LostListName:
    """失联名单, list ``lost_list``."""

    OUT_OF_CONTROL = "失控名单"
    NOT_CONTACTED_THIS_QUARTER = "季度未联系名单"
    SUSPECTED = "疑似失联"
    LOST = "失联总名单"
    FOUND = "经查找取得联系"
    NOT_FOUND = "经查找仍无法取得联系"
    RECEIPT_OVERDUE = "超期未收回执名单"
    STOPPED_TWO_YEARS = "停止党籍满2年名单"
    CORRECTION_DUE = "限期改正到期名单"
    PROBATION_UNDECIDED = "预备期满未议名单"


LISTS: dict[str, type] = {
    "yes_no": YesNo,
    "sex": Sex,
    "education": Education,
    "education_class": EducationClass,
    "member_type": MemberType,
    "membership_status": MembershipStatus,
    "relation_belonging": RelationBelonging,
    "entry_way": EntryWay,
    "exit_way": ExitWay,
    "member_tag": MemberTag,
    "appraisal": Appraisal,
    "lost_situation": LostSituation,
    "organisation_category": OrganisationCategory,
    "organisation_level": OrganisationLevel,
    "policy_profile": Profile,
    "flow_range": FlowRange,
    "destination_unit_type": DestinationUnitType,
    "occupation": Occupation,
    "outflow_reason": OutflowReason,
    "management": Management,
    "initiator": Initiator,
    "contact_channel": ContactChannel,
    "life_dues_event": LifeDuesEvent,
    "participation_place": ParticipationPlace,
    "lost_cause": LostCause,
    "search_outcome": SearchOutcome,
    "search_method": SearchMethod,
    "search_result": SearchResult,
    "attitude": Attitude,
    "wish_to_stay": WishToStay,
    "letter_direction": LetterDirection,
    "change_kind": ChangeKind,
    "settlement": Settlement,
    "letter_follow_up": LetterFollowUp,
    "stub_status": StubStatus,
    "disposition_situation": DispositionSituation,
    "disposition_outcome": Outcome,
    "exit_category": ExitCategory,
    "service_outcome": ServiceOutcome,
    "correction_conclusion": CorrectionConclusion,
    "check_value": CheckValue,
    "verification_way": VerificationWay,
    "campaign_conclusion": CampaignConclusion,
    "abroad_purpose": AbroadPurpose,
    "review_value": ReviewValue,
    "review_conclusion": ReviewConclusion,
    "conflict_choice": ConflictChoice,
    "conflict_kind": ConflictKind,
    "member_state": MemberState,
    "finding_level": FindingLevel,
    "finding_status": FindingStatus,
    "due_status": DueStatus,
    "submission_status": SubmissionStatus,
    "merge_change": MergeChange,
    "flow_match": FlowMatch,
    "lost_list": LostListName,
}
"""Which code list each class speaks."""
