"""`shangliang import`: bring in proposals or a roster from a table, or take a batch back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from shangliang.analysis.tabular import Bounds, Table, TableError, read_table
from shangliang.matters.imports import batches
from shangliang.matters.imports.plan import Plan
from shangliang.matters.imports.report import as_csv
from shangliang.matters.models import ImportBatch
from shangliang.matters.refusals import Refused
from shangliang.people.models import Organisation

from ...tables import Bar, Kind, committee_named, kind_named, kinds, person_named, report


class Command(BaseCommand):
    help = "从表格导入提案或名册：先试算并逐行报告，加 --apply 才写入；import undo 撤销一批"

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="导入什么")
        for kind in kinds().values():
            self._add_kind(what.add_parser(kind.name, help=kind.help), kind)
        undo = what.add_parser("undo", help="撤销一批导入（24 小时内）")
        undo.add_argument("batch", type=int, metavar="批次号")
        undo.add_argument("--by", default="", metavar="手机号", help="由谁撤销，记入日志")
        seen = what.add_parser("batches", help="列出导入过的批次")
        seen.add_argument("--committee", default="", metavar="名称")

    def _add_kind(self, parser: ArgumentParser, kind: Kind) -> None:
        parser.add_argument(
            "file", metavar="文件", help="CSV、Excel（.xlsx），可以是 .xz 或 .gz 压缩"
        )
        parser.add_argument("--apply", action="store_true", help="写入；不加则只试算")
        parser.add_argument("--committee", default="", metavar="名称", help="导入到哪个政协委员会")
        parser.add_argument("--by", default="", metavar="手机号", help="由谁导入，记入日志")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="字段=列名",
            help="指定某一列的含义，可多次使用",
        )
        parser.add_argument("--report", default="", metavar="文件.csv", help="把逐行报告写成表格")
        parser.add_argument("--all", action="store_true", help="报告每一行，而不只是需要看的行")
        parser.add_argument("--rows", type=int, default=20_000, metavar="N", help="最多多少行")
        kind.add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        what = options["what"]
        try:
            if what == "undo":
                self._undo(options)
            elif what == "batches":
                self._batches(options)
            else:
                self._import(kind_named(what), options)
        except (TableError, Refused) as refusal:
            raise CommandError(getattr(refusal, "sentence", str(refusal))) from None

    def _import(self, kind: Kind, options: dict[str, Any]) -> None:
        path = Path(options["file"])
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}，请检查路径。")
        committee, at = committee_named(options["committee"]), timezone.now()
        by = person_named(options["by"])
        table = read_table(path.read_bytes(), path.name, Bounds(rows=options["rows"]))
        mapping = self._mapping(kind, committee, table, options["map"])
        plan = kind.plan(table, mapping, committee, options, at)
        self._say(kind, committee, table, plan, options)
        if not options["apply"]:
            self.stdout.write("以上是试算，没有写入。确认无误后加 --apply 再运行一次。")
            return
        batch = ImportBatch(
            organisation=committee, kind=kind.name, name=path.name[:200], digest=table.digest,
            mapping=dict(mapping), brought_at=at,
        )  # fmt: skip
        if not plan.may_apply:
            raise CommandError("有不能导入的行，整份没有写入。请按报告改好后再试。")
        batch.save(force_insert=True)
        with Bar(self.stderr, "导入") as bar:
            batches.apply(batch, plan, by=by, at=at, tick=bar.tick)
        batches.keep_mapping(committee, kind.name, table.signature(), dict(mapping))
        self.stdout.write(f"已导入，批次号 {batch.pk}。24 小时内可用 import undo {batch.pk} 撤销。")

    def _mapping(
        self, kind: Kind, committee: Organisation, table: Table, said: list[str]
    ) -> dict[str, str]:
        """What was said on the command line, else what was settled before, else a guess."""
        kept = batches.recalled_mapping(committee, kind.name, table.signature())
        mapping = kept or kind.suggest(table.header)
        named = {label: field for field, label in kind.fields.items()}
        for pair in said:
            field, _mark, column = pair.partition("=")
            field = named.get(field, field)
            if field not in kind.fields:
                raise CommandError(f"没有“{field}”这个字段，可用的字段：{'、'.join(named)}。")
            if column and column not in table.header:
                raise CommandError(f"表头里没有“{column}”这一列，现有：{'、'.join(table.header)}。")
            mapping = {k: v for k, v in mapping.items() if k != field and v != column}
            if column:
                mapping[field] = column
        return mapping

    def _say(
        self, kind: Kind, committee: Organisation, table: Table, plan: Plan, options: dict[str, Any]
    ) -> None:
        if earlier := batches.brought_before(committee, kind.name, table.digest):
            when = timezone.localtime(earlier.applied_at)
            self.stdout.write(f"这份文件已在 {when:%Y-%m-%d %H:%M} 导入过，是第 {earlier.pk} 批。")
        for line in report(kind, table, plan, everything=options["all"]):
            self.stdout.write(line)
        if options["report"]:
            Path(options["report"]).write_bytes(as_csv(plan))
            self.stdout.write(f"逐行报告已写入 {options['report']}。")

    def _undo(self, options: dict[str, Any]) -> None:
        batch = ImportBatch.objects.filter(pk=options["batch"]).first()
        if batch is None:
            raise CommandError(f"没有第 {options['batch']} 批导入，可用 import batches 查看。")
        by = person_named(options["by"])
        batches.undo(batch, kind_named(batch.kind).keepers, by=by, at=timezone.now())
        self.stdout.write(f"第 {batch.pk} 批导入（{batch.name}）已全部撤销。")

    def _batches(self, options: dict[str, Any]) -> None:
        found = ImportBatch.objects.exclude(applied_at=None).select_related("organisation")
        if options["committee"]:
            found = found.filter(organisation=committee_named(options["committee"]))
        for batch in found:
            when = f"{timezone.localtime(batch.applied_at):%Y-%m-%d %H:%M}"
            stands = "已撤销" if batch.undone_at else f"新增 {batch.counts.get('new', 0)} 行"
            self.stdout.write(f"{batch.pk:>6}  {when}  {batch.kind:<10} {stands}  {batch.name}")
        if not found:
            self.stdout.write("还没有导入过。")
