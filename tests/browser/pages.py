"""Every page of every role that the browser tests look at, by the name of the person at it."""

from __future__ import annotations

from .house import House

# Paths as they are; `state:page` is a page of the paper that stands in that state.
EVERYBODY = ["/me/", "/notices/", "/drafts/"]
PAGES: dict[str, list[str]] = {
    "": [
        "/", "/accounts/login/", "/accounts/password/reset/", "public:published",
        "/proposals/published/?q=没有这样的提案", "/no-such-page/",
    ],
    "lin": [
        "/", *EVERYBODY, "/proposals/", "/proposals/?held=mine&state=closed", "/proposals/new/",
        "/search/", "/search/?q=电梯", "/search/?q=没有这样的话", "draft:", "draft:edit", "draft:check",
        "cosigning:", "unconfirmed:check", "submitted:", "returned:edit", "handling:", "replied:",
        "replied:rate", "closed:", "not_filed:", "withdrawn:", "cosigning:invite", "draft:documents",
        "/proposals/999999/",
    ],
    "zhou": ["/", "cosigning:", "closed:", "/proposals/?order=due"],
    "chen": [
        "/", "/proposals/?held=todo", "submitted:review", "/proposals/assignment/", "filed:plan",
        "filed:", "rated:", "no_feedback:", "closed:", "/proposals/new/",
    ],
    "he": ["/", "preliminary:decide", "preliminary:", "handling:"],
    "tang": ["/", "/proposals/assignment/", "planned:", "handling:extend", "/proposals/?held=late"],
    "gao": [
        "/", "assigned:", "assigned:sign-for", "/proposals/sign-for/", "handling:", "handling:log",
        "handling:reply", "sent_back:reply", "closed:",
    ],
    "liang": ["/", "reply_check:", "reply_check:issue"],
    "qian": ["/", "/proposals/sign-for/"],
    "wu": ["/", "/proposals/?held=promised", "handling:"],
    "sys": ["/setup/", "/setup/people/", "/setup/bodies/", "/me/"],
    "sec": ["/setup/", "/setup/decisions/", "/calendar/"],
    "aud": ["/setup/", "/setup/journal/"],
    "passer": ["/", "/me/", "/proposals/"],
}  # fmt: skip
ROLES = list(PAGES)


def address(house: House, said: str) -> str:
    if said.startswith("/"):
        return said
    state, _colon, page = said.partition(":")
    if page == "published":
        return f"/proposals/published/{house.papers[state]}/"
    if page == "documents":
        return f"/matters/{house.papers[state]}/documents/"
    return house.paper(state, f"{page}/" if page else "")
