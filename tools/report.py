"""What the stages of ./test came to, closed by one line in pytest's own form."""

import time
from dataclasses import astuple, dataclass, field

from tools.say import note


@dataclass(frozen=True)
class Count:
    """How many passed, failed, were skipped, or broke before they could say."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    errors: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(*map(sum, zip(astuple(self), astuple(other), strict=True)))

    def __str__(self) -> str:
        words = {"failed": self.failed, "passed": self.passed, "skipped": self.skipped}
        words["error" if self.errors == 1 else "errors"] = self.errors
        return ", ".join(f"{n} {word}" for word, n in words.items() if n) or "no tests ran"

    @property
    def good(self) -> bool:
        """Something was tried and nothing failed; an empty run proves nothing."""
        return bool(self.passed) and not self.failed and not self.errors


@dataclass
class Report:
    """The stages so far."""

    began: float = field(default_factory=time.monotonic)
    lines: list[str] = field(default_factory=list)
    total: Count = field(default_factory=Count)

    def add(self, name: str, count: Count, began: float, reason: str = "") -> None:
        """Keep a stage for the end and say it now."""
        self.total += count
        mark = "✗" if count.failed or count.errors else "✓" if count.passed else "–"
        line = f"{mark} {name:<18} {reason or count}  {time.monotonic() - began:.1f} s"
        self.lines.append(line)
        note(line)

    def close(self) -> int:
        """Print every stage once more and the closing line; returns the exit code."""
        print("\n" + "\n".join(self.lines))
        seconds = time.monotonic() - self.began
        clock = f" ({seconds // 60:.0f}:{seconds % 60:02.0f})" if seconds >= 60 else ""
        print(f" {self.total} in {seconds:.2f}s{clock} ".center(80, "="), flush=True)
        return 0 if self.total.good else 1
