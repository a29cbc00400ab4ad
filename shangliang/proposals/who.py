"""The circles of people around a proposal, named as the regulations name them."""

from shangliang.matters.table import Who, desk, duty, part

author = (part("author", "第一提案人") | desk("author", "convener", "召集人")).called("第一提案人")
invited = part("invited", "受邀联名人")
cosigner = part("cosigner", "联名提案人")
scribe = part("scribe", "代录人")
proposers = (author | cosigner).called("提案人")

office = duty("proposal_office", "提案办")
committee = duty("proposal_committee", "提案委")
supervision = duty("supervision", "督查室")
organ_leader = duty("organ_leader", "政协领导")
examiners = (office | committee).called("提案办或提案委")

lead_clerk = desk("lead_unit", "unit_clerk", "主办单位经办人")
lead_leader = desk("lead_unit", "unit_leader", "主办单位负责人")
lead_unit = (lead_clerk | lead_leader).called("主办单位")

handlers = (office | committee | organ_leader).called("提案办理人员")
# A rating is the organ's to collect; the unit that is rated does not read it.
raters = (author | office | committee | organ_leader).called("提案人和提案委")
# What passes between proposer and examiners is theirs; so is a draft the unit's until signed.
inner = (proposers | invited | scribe | handlers).called("提案人和提案委")
# The form promises the phone to nobody else.
callers = (author | office | committee | lead_unit).called("提案人、提案委和主办单位")
# The plan names a unit before the unit knows: until it is assigned that is the planners' own.
planners = (office | committee | supervision | organ_leader).called("拟定和交办的人员")
drafting = (lead_unit | supervision | office).called("主办单位和督查室")


def examination(state: str) -> Who:
    """Whose the examiners' opinion is: their own until they have decided, then the proposers' too."""
    return handlers if state in ("submitted", "returned", "preliminary") else inner
