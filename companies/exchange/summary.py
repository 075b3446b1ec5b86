"""What a load did, counted."""

from __future__ import annotations

from dataclasses import dataclass, field

KINDS = ("domains", "technologies", "sources", "companies", "claims", "lists")


@dataclass
class Count:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    withdrawn: int = 0


@dataclass
class Summary:
    counts: dict[str, Count] = field(default_factory=lambda: {kind: Count() for kind in KINDS})
    # Only an empty database was to be filled, and it wasn't empty.
    was_skipped: bool = False

    def count(self, kind: str, total: int, added: int, changed: int) -> None:
        count = self.counts[kind]
        count.added += added
        count.changed += changed
        count.unchanged += total - added - changed

    @property
    def total(self) -> Count:
        return Count(
            sum(count.added for count in self.counts.values()),
            sum(count.changed for count in self.counts.values()),
            sum(count.unchanged for count in self.counts.values()),
            sum(count.withdrawn for count in self.counts.values()),
        )

    def __str__(self) -> str:
        lines = [f"{'':14}{'added':>10}{'changed':>10}{'unchanged':>11}{'withdrawn':>11}"]
        lines += [
            f"{kind:14}{count.added:>10,}{count.changed:>10,}"
            f"{count.unchanged:>11,}{count.withdrawn:>11,}"
            for kind, count in self.counts.items()
        ]
        return "\n".join(lines)
