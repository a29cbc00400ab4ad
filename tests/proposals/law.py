"""What may happen to a proposal, said a second time: by hand, from the regulations.

It knows neither the house nor its table, so that the two can contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# A clock that a row ends is met, or dropped where it has a `!`: nobody owes it any longer.
LAW = """
row       | from                    | to          | who              | ends                            | opens      | told                      | shows
invite    | draft                   | cosigning   | author           |                                 | cosign     | invited                   |
cosign    | cosigning               |             | invited          |                                 |            | author                    |
decline   | cosigning               |             | invited          |                                 |            | author                    |
rewrite   | cosigning               | draft       | author           | !cosign                         |            | invited cosigner          |
submit    | draft cosigning returned | submitted  | author           | cosign resubmit                 | review     | office                    | handlers
present   | draft                   | unconfirmed | scribe           |                                 | confirm    | author                    |
confirm   | unconfirmed             | submitted   | author           | confirm                         | review     | office scribe             | handlers
disown    | unconfirmed             | withdrawn   | author           |                                 |            | scribe                    |
return    | submitted preliminary   | returned    | office committee | review decide                   | resubmit   | author cosigner           |
review    | submitted               | preliminary | office           | review                          | decide     | committee                 |
file      | preliminary             | filed       | committee        | decide                          | assign     | author cosigner           | members
not_file  | preliminary             | not_filed   | committee        | decide                          |            | author cosigner           |
withdraw  | draft cosigning unconfirmed submitted returned preliminary filed planned | withdrawn | author | |        | cosigner invited office   |
release   | assigned handling reply_check | withdrawn | committee    |                                 |            | author cosigner unit      |
plan      | filed                   | planned     | office           |                                 |            | supervision               |
replan    | planned                 | filed       | supervision      |                                 |            | office                    |
assign    | planned                 | assigned    | supervision      | assign                          | sign reply | unit author cosigner      | members
sign_for  | assigned                | handling    | unit             | sign                            | contact    | author cosigner           |
log       | handling                |             | unit             | contact                         |            | author                    |
extend    | handling                |             | supervision      |                                 |            | author cosigner unit      |
send_up   | handling                | reply_check | clerk            |                                 | sign_off   | leader                    |
send_back | reply_check             | handling    | leader           | !sign_off                       |            | clerk                     |
issue     | reply_check             | replied     | leader           | sign_off reply rehandle contact | feedback   | author cosigner office supervision |
rate      | replied no_feedback     | rated       | author           | feedback !close                 | close      | office                    |
lapse     | replied                 | no_feedback | calendar         | feedback                        | close      | office                    |
rehandle  | rated no_feedback       | handling    | office           | close                           | rehandle   | unit author cosigner      |
close     | rated no_feedback       | closed      | office           | close                           |            | author cosigner unit      |
publish   | replied rated no_feedback closed |    | office           |                                 |            | author cosigner           | public
"""  # noqa: E501  a table
TURNS = {
    "draft": "author", "cosigning": "author invited", "unconfirmed": "author",
    "submitted": "office", "returned": "author", "preliminary": "committee", "filed": "office",
    "planned": "supervision", "assigned": "unit", "handling": "unit", "reply_check": "leader",
    "replied": "author", "rated": "office", "no_feedback": "office",
}  # fmt: skip
CARRIES = {
    "cosigning": "cosign", "unconfirmed": "confirm", "submitted": "review", "returned": "resubmit",
    "preliminary": "decide", "filed": "assign", "planned": "assign", "assigned": "sign reply",
    "handling": "contact reply rehandle", "reply_check": "contact reply rehandle sign_off",
    "replied": "feedback", "rated": "close", "no_feedback": "close",
}  # fmt: skip
# Of whom a clock is owed; she may be reminded while the paper lies on another's desk.
OWES = {
    "cosign": "invited", "confirm": "author", "resubmit": "author", "review": "office",
    "decide": "committee", "assign": "office supervision", "sign": "unit", "contact": "unit",
    "reply": "unit", "sign_off": "leader", "feedback": "author", "rehandle": "unit",
    "close": "office",
}  # fmt: skip
ENDS = ("closed", "not_filed", "withdrawn")
WIDER = ("private", "handlers", "members", "organ", "public")
REASONS = (
    "disown", "return", "withdraw", "release", "replan", "send_back", "extend", "rehandle",
)  # fmt: skip
BROUGHT = {
    "review": "category proposed", "not_file": "ground disposition",
    "sign_for": "handler leader_in_charge", "rate": "attitude effect", "extend": "until",
    "log": "held_on form participants proposer_view",
}  # fmt: skip
NAMES = ("row", "sources", "target", "who", "ends", "opens", "told", "shows")


@dataclass(frozen=True)
class Row:
    row: str
    sources: str
    target: str
    who: str
    ends: str
    opens: str
    told: str
    shows: str


def rows() -> Iterator[Row]:
    for line in LAW.strip().splitlines()[1:]:
        yield Row(*(cell.strip() for cell in line.split("|")))


ROWS = {row.row: row for row in rows()}
