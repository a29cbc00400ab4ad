"""What carries a secrecy mark is recognised; what only speaks of secrets is not."""

import pytest

from shangliang.matters.secrecy import find_mark

MARKED = [
    "机密★10年\n关于某项工作的报告",
    "绝密★长期",
    "关于……的函\n秘密★5年",
    "机 密 ★ 1 0 年",
    "机密★\uff11\uff10年",
    "密\u3000级\uff1a秘\u3000密",
    "机\u3000密★1年",
    "秘密☆6个月",
    "机密*20年",
    "秘密 3年\n某县人民政府",
    "密级：机密\n文号：〔2026〕1号",
    "【秘密】关于征求意见的函",
    "绝密\n关于某项工作的报告",
    "绝密★启用前",
    "機密★十年",
    "机\u200b密★\u200b10年",
    "机密\n★\n10年",
    "密级：绝密级",
    "秘密⭐5年",
    "秘密★",
    "（机密）\n会议材料",
]

INNOCENT = [
    "委员应当履行保守秘密的义务。",
    "不得泄露国家秘密、商业秘密和个人隐私。",
    "国家秘密的保密期限，绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。",
    "泄露国家机密10年后仍应追究责任。",
    "建议加强商业秘密保护，完善知识产权法庭建设",
    "关于加强档案开放的建议：满30年的绝密档案应当依法解密审核。",
    "他向调查组吐露了藏在心底的秘密。",
    "机密设备由专人看管",
    "从事涉密工作的人员，在脱密期内不得擅自出境。",
    "《中华人民共和国保守国家秘密法》第二十条规定",
    "本提案不涉密，可以公开。",
    "秘密投票是民主选举的基本原则之一。",
    "采用无记名秘密写票的办法",
    "满意度：★★★★★",
    "保守商业秘密★★★★",
    "评分 服务态度★ 办理效果★★",
    "该景区为★★★★★级，已开放10年",
    "人工智能时代的数据机密性、完整性和可用性",
    "机密计算、隐私计算等新技术",
    "密级管理制度应当向社会说明。",
    "建议统一标注密级、保密期限和知悉范围。",
    "严格执行绝密级、机密级、秘密级文件的管理规定",
    "我们发现了城市更新的三个秘密：一是水，二是路，三是人。",
    "老字号的秘密 3年磨一剑的豆瓣酱",
    "商业秘密 5年保护期的规定应当细化",
    "侵犯商业秘密罪，处3年以下有期徒刑",
    "秘密就在于十年如一日的坚持。",
    "地下工作者冒着生命危险传递机密、秘密情报",
    "第一章 总则\n第二条 国家秘密是关系国家安全和利益的事项",
    "机密文件销毁中心选址应当远离居民区",
    "《机密档案》等红色影视作品应当进入校园",
    "*秘密花园*绘本进社区活动已举办10年",
    "解密：社区食堂是怎样开起来的",
    "有关部门对绝密资料的保管期限作出调整，期限为10年。",
]


@pytest.mark.parametrize("text", MARKED)
def test_a_secrecy_mark_is_found(text):
    assert find_mark(text)


@pytest.mark.parametrize("text", INNOCENT)
def test_plain_talk_of_secrets_passes(text):
    assert find_mark(text) is None


def test_the_mark_is_named_as_it_was_written():
    assert find_mark("某县委办公室文件\n机 密 ★ 10 年\n") == "机密★10年"


def test_the_bare_word_is_a_mark_in_a_page_header_but_not_in_the_middle_of_a_text():
    page = "\n".join(["一行正文。"] * 10) + "\n秘密\n后面的正文。"

    assert find_mark(page) is None
    assert find_mark("第3页\n秘密\n", heading=True) == "秘密"
