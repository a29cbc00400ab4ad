"""Proposals that come in from a table, and go out into one."""

from .keeping import KEEPERS, KIND
from .out import export_header, export_rows
from .planning import Choices, plan_proposals

__all__ = ["KEEPERS", "KIND", "Choices", "export_header", "export_rows", "plan_proposals"]
