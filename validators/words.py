"""The Chinese words of the code lists that logic compares with: one class a list, named after it."""


class YesNo:
    YES = "是"
    NO = "否"


class Sex:
    MALE = "男"
    FEMALE = "女"


class MemberType:
    FULL = "正式党员"
    PROBATIONARY = "预备党员"


class MembershipStatus:
    NORMAL = "正常"
    STOPPED = "停止党籍"


class RelationBelonging:
    HERE = "在册"
    NO_RECEIPT = "转出未回执"
    LEFT = "已离开"


class EntryWay:
    OPENING = "期初在册"
    ADMITTED = "发展"
    TRANSFERRED_IN = "转入"
    RESTORED = "恢复党籍"


class ExitWay:
    TRANSFERRED_OUT = "已转出"
    EXPELLED = "已出党"
    DIED = "去世"


class MemberTag:
    HARDSHIP = "生活困难"
    POCKET = "口袋"
    DETACHED = "空挂"
    KEY = "重点"


class LostSituation:
    WORKING_AWAY = "外出务工经商"
    UNIT_CLOSED = "单位改制或破产"
    GRADUATED = "毕业后去向不明"
    JOB_CHANGED = "工作单位改变"
    ABROAD = "出国（境）"
    MOVED = "居住地改变"
    OTHER = "其他"


class OrganisationLevel:
    BRANCH = "党支部"
    GENERAL_BRANCH = "党总支"
    COMMITTEE = "基层党委"
    COUNTY_DEPARTMENT = "县级组织部"


class FlowRange:
    WITHIN_CITY = "市（地）内流动"
    WITHIN_PROVINCE = "省内跨市（地）流动"
    OTHER_PROVINCE = "跨省流动"
    ABROAD = "出国（境）"
    UNKNOWN = "不掌握流向"


class DestinationUnitType:
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


class Management:
    BY_HOST = "纳入流入地党组织管理"
    IN_FLOATING_BRANCH = "编入流动党员党组织"
    BY_THIS_BRANCH = "由本支部联系管理"
    NOT_SETTLED = "未落实"


class Initiator:
    BRANCH = "支部"
    MEMBER = "党员"


class ContactChannel:
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
    LIFE = "组织生活"
    DUES = "交纳党费"


class ParticipationPlace:
    HOME = "本支部"
    HOST = "流入地"
    ONLINE = "线上"


class LostCause:
    OBJECTIVE = "客观"
    SUBJECTIVE = "主观"
    UNKNOWN = "未查明"


class SearchOutcome:
    SEARCHING = "查找中"
    FOUND = "取得联系"
    NOT_FOUND = "无法取得联系"


class SearchMethod:
    DIRECT = "直接联系"
    PEOPLE = "人际查找"
    DEPARTMENT = "部门查找"
    NETWORK = "网络社交平台"
    VISIT = "实地走访"
    HOST_ORGANISATION = "流入地党组织协查"
    PUBLIC_NOTICE = "公告寻找"


class SearchResult:
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
    GOOD = "端正"
    BAD = "不端正"
    UNKNOWN = "不明"


class WishToStay:
    YES = "愿意"
    NO = "不愿意"
    UNKNOWN = "不明"


class LetterDirection:
    OUT = "转出"
    IN = "转入"


class ChangeKind:
    PERMANENT = "永久"
    TEMPORARY = "临时"


class Settlement:
    ON_THE_WAY = "在途"
    SETTLED = "已落实"
    SETTLED_PROOF_PENDING = "已落实待补证明"
    NOT_SETTLED = "未落实"


class LetterFollowUp:
    PROOF = "补开证明"
    REISSUE = "补转"
    MANAGED_HERE = "仍由本支部管理"
    SEARCHED_HERE = "仍由本支部查找"


class StubStatus:
    ON_THE_WAY = "在途"
    RECEIPTED = "已回执"
    EXPIRED = "过期未回执"
    VOID = "作废"
    CONFIRMED = "已确认落实"


class Outcome:
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


class ServiceOutcome:
    SIGNED = "已签"
    REFUSED = "拒签"
    UNREACHABLE = "联系不上"


class CorrectionConclusion:
    QUALIFIED = "合格"
    STILL_UNQUALIFIED = "仍不合格"


class CheckValue:
    FINE = "无问题"
    PROBLEM = "有问题"
    UNCHECKED = "未查"


class VerificationWay:
    MET = "见面"
    CALLED = "通话"
    VIDEO = "视频"
    OTHERS = "他人证实"
    NONE = "未核实"


class CampaignConclusion:
    NORMAL = "正常在册"
    FLOATING = "外出流动"
    DETACHED = "空挂"
    LOST = "失联"
    NO_RECEIPT = "转出未回执"
    OTHER = "其他"


class AbroadPurpose:
    STUDY = "留学"
    VISITING = "访学"
    WORK = "工作"
    LABOUR = "劳务"
    FAMILY_VISIT = "探亲"
    SETTLING = "定居"
    OTHER = "其他"


class ReviewValue:
    CHECKED = "已核"
    CHANGED = "有变化"
    UNCHECKED = "未核"


class ReviewConclusion:
    PASSED = "通过"
    TO_AMEND = "补正"
    TO_CAMPAIGN = "列入排查"


class ConflictChoice:
    ONE = "甲方值"
    TWO = "乙方值"
    LATER = "暂不处理"


class ConflictKind:
    DOUBLE_ROSTER = "双重名册"
    FIELD_DIFFERS = "字段不一致"
    MAYBE_SAME = "疑似同一人"


class MemberState:
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
    ERROR = "错误"
    QUERY = "疑点"
    NOTE = "提示"


class FindingStatus:
    NEW = "新增"
    STILL = "仍在"
    MENDED = "已改"


class DueStatus:
    OVERDUE = "逾期"
    DUE = "到期"
    COMING = "将到期"


class SubmissionStatus:
    SUBMITTED = "已报"
    MISSING = "未报"
    DOUBLE = "重复报送"
    WRONG_PERIOD = "期别不符"
    OLD_TEMPLATE = "模板旧版"
    UNREADABLE = "无法读取"
    NOT_LISTED = "不在名录"


class ReturnStatus:
    OPEN = "待改"
    DONE = "已改"


class MergeChange:
    ADDED = "新增"
    UPDATED = "更新"
    REMOVED = "删除"
    SAME = "未变"
    IN_CONFLICT = "冲突"
    RETURNED = "退回"


class FlowMatch:
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
