"""`shangliang found`: the committee and its first three administrators, asked for by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from shangliang.people import duties, founding
from shangliang.people.founding import Named
from shangliang.people.login import plain
from shangliang.people.models import Kind, Level, Organisation, Person, Seat
from shangliang.people.passwords import GOOD_FOR
from shangliang.people.refusals import Refused

LEVELS = {"1": "county", "2": "city", "3": "province", "4": "national"}


class Command(BaseCommand):
    help = "设立政协委员会和最初的三个管理员，打印一次性密码（found）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--committee", default="", help="委员会全称，例如“政协云岭县委员会”")
        parser.add_argument("--short", default="", help="委员会简称，例如“云岭县政协”")
        parser.add_argument("--level", choices=[*Level.values], default="", help="层级")
        for duty, label in ((duty, duties.LABELS[duty]) for duty in founding.THREE):
            name = duty.removesuffix("_admin")
            parser.add_argument(f"--{name}", nargs=2, metavar=("姓名", "手机号"), help=str(label))
        parser.add_argument(
            "--again", metavar="手机号", help="给忘了密码或丢了手机的管理员一个新的一次性密码"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["again"]:
                self.give_again(plain(options["again"]))
            else:
                self.found(options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        except (EOFError, KeyboardInterrupt) as end:
            raise CommandError("没有问完，没有作任何改动。") from end

    def found(self, options: dict[str, Any]) -> None:
        house = self.house(options)
        at = timezone.now()
        missing = founding.missing(house, at)
        if not missing:
            self.stdout.write(f"{house}的三个管理员都在，没有要设立的。")
            return
        asked = [(duty, self.person(duty, options)) for duty in missing]
        if len({named.phone for _duty, named in asked}) < len(asked):
            raise Refused("三个管理员必须是三个人，手机号不能相同。")
        for duty, named in asked:
            person, password = founding.seat(house, duty, named, at)
            self.slip(str(duties.LABELS[duty]), person, password)
        self.stdout.write(
            f"请当面交给本人。{GOOD_FOR.days} 天内有效，第一次登录时要换成自己的密码。"
        )

    def house(self, options: dict[str, Any]) -> Organisation:
        """The committee: named by an option, the only one there is, or asked for."""
        houses = Organisation.objects.filter(kind=Kind.COMMITTEE)
        name = options["committee"]
        if not name and houses.count() == 1:
            return houses.get()
        name = name or self.ask("委员会全称（例如 政协云岭县委员会）：")
        if found := houses.filter(name=name).first():
            return found
        short = options["short"] or self.ask("委员会简称（例如 云岭县政协）：")
        said = "层级（1 县区，2 市州，3 省，4 全国）："
        level = options["level"] or LEVELS[self.ask(said, lambda word: word in LEVELS)]
        return founding.committee(name, short, level)

    def person(self, duty: str, options: dict[str, Any]) -> Named:
        if given := options[duty.removesuffix("_admin")]:
            return Named("".join(given[0].split()), plain(given[1]))
        label = duties.LABELS[duty]
        name = self.ask(f"{label}的姓名：")
        phone = self.ask(f"{label}的手机号：", lambda word: plain(word).isdigit())
        return Named("".join(name.split()), plain(phone))

    def ask(self, question: str, fits: Callable[[str], bool] = bool) -> str:
        """Ask until the answer fits."""
        while not fits(answer := input(question).strip()):
            self.stdout.write("请再填一次。")
        return answer

    def give_again(self, phone: str) -> None:
        person = Person.objects.filter(phone=phone).first()
        seats = Seat.objects.held_on(timezone.localdate()).filter(person=person)
        seat = seats.of_administrators().first() if person else None
        if person is None or seat is None:
            raise Refused("这个手机号不是管理员的。别的人员请由系统管理员生成一次性密码。")
        self.slip(str(seat.get_duty_display()), person, founding.again(person, timezone.now()))
        self.stdout.write("他的两步验证已取消，登录后要重新设置。")

    def slip(self, label: str, person: Person, password: str) -> None:
        self.stdout.write(f"{label}　{person.name}　{person.phone}　一次性密码 {password}")
