"""Every page of every role that the browser tests look at, by the name of the person at it."""

from __future__ import annotations

from .house import House

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of the audit administrator's second step

# Paths as they are, {things} by their key; `state:page` is a page of the paper in that state.
EVERYBODY = [
    "/me/", "/me/log-ins/", "/me/address/", "/notices/", "/drafts/", "/calendar/",
    "/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/", "/accounts/reauthenticate/",
]  # fmt: skip
PAGES: dict[str, list[str]] = {
    "": [
        "/", "/accounts/login/", "/accounts/password/reset/", "/accounts/password/reset/done/",
        "/accounts/password/reset/key/1-x/", "/accounts/password/reset/key/{reset}/",
        "/accounts/password/reset/key/done/", "/accounts/inactive/", "public:published",
        "/proposals/published/", "/proposals/published/?q=没有这样的提案", "/no-such-page/",
    ],
    "lin": [
        "/", *EVERYBODY, "/proposals/", "/proposals/?held=mine&state=closed", "/proposals/new/",
        "/search/", "/search/?q=电梯", "/search/?q=没有这样的话", "draft:", "draft:edit", "draft:check",
        "cosigning:", "unconfirmed:check", "submitted:", "submitted:sent", "returned:edit",
        "handling:", "replied:", "replied:rate", "closed:", "not_filed:", "withdrawn:",
        "cosigning:invite", "draft:documents", "/documents/{attached}/replace/",
        "/proposals/999999/",
    ],
    "zhou": ["/", "cosigning:", "closed:", "/proposals/?order=due"],
    "chen": [
        "/", "/proposals/?held=todo", "submitted:review", "/proposals/assignment/", "filed:plan",
        "filed:", "rated:", "no_feedback:", "closed:", "/proposals/new/", "/deadlines/shorter/",
    ],
    "he": ["/", "preliminary:decide", "preliminary:", "handling:", "/drafts/proposals.write:new/"],
    "tang": ["/", "/proposals/assignment/", "planned:", "handling:extend", "/proposals/?held=late"],
    "gao": [
        "/", "assigned:", "assigned:sign-for", "/proposals/sign-for/", "handling:", "handling:log",
        "handling:reply", "sent_back:reply", "closed:",
    ],
    "liang": ["/", "reply_check:", "reply_check:issue"],
    "qian": ["/", "/proposals/sign-for/"],
    "wu": ["/", "/proposals/?held=promised", "handling:"],
    "sys": [
        *EVERYBODY, "/setup/", "/setup/bodies/", "/setup/bodies/add/unit/",
        "/setup/bodies/{housing}/", "/setup/bodies/{housing}/end/", "/setup/terms/",
        "/setup/terms/add/", "/setup/terms/{term}/", "/setup/terms/{term}/sessions/add/",
        "/setup/sessions/{session}/", "/setup/people/", "/setup/people/add/",
        "/setup/people/slips/", "/setup/people/{lin}/", "/setup/people/{lin}/edit/",
        "/setup/people/{lin}/seat/", "/setup/seats/{seat}/end/", "/setup/numbers/",
        "/setup/numbers/reply.due/", "/setup/numbers/clock.roll/",
        "/setup/numbers/proposal.only_in_session/", "/setup/codes/", "/setup/codes/category/add/",
        "/setup/codes/{code}/", "/setup/templates/", "/setup/templates/reply/", "/setup/roster/",
        "/setup/roster/{roster}/", "/setup/roster/{wrong roster}/", "/calendar/enter/",
        "/calendar/{calendar}/",
    ],
    "sec": [
        "/setup/", "/setup/decisions/", "/setup/decisions/{waiting}/", "/calendar/",
        "/calendar/{calendar}/", "/me/",
    ],
    "aud": ["/setup/", "/setup/journal/", "/setup/log-ins/"],
    "passer": ["/", "/me/", "/proposals/"],
}  # fmt: skip
ROLES = list(PAGES)

# Behind the second step, and only for somebody who has just given the password.
SECOND_STEP = [
    "/accounts/2fa/authenticate/", "/accounts/2fa/reauthenticate/", "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/", "/accounts/2fa/recovery-codes/generate/",
]  # fmt: skip
FIRST_STEP = "/accounts/2fa/totp/activate/"


def address(house: House, said: str) -> str:
    if said.startswith("/"):
        return said.format_map(house.things)
    state, _colon, page = said.partition(":")
    if page == "published":
        return f"/proposals/published/{house.papers[state]}/"
    if page == "documents":
        return f"/matters/{house.papers[state]}/documents/"
    return house.paper(state, f"{page}/" if page else "")
