"""What the hazard table says about a name of outside, each name asked once."""

from __future__ import annotations

from lint_rules.hazards import Classification, Hazards, HazardTable, Ordering
from lint_rules.program.meaning import External


class Classifier:
    """Remembers the answers of a hazard table, and which packages the user calls pure."""

    def __init__(self, table: HazardTable, pure_packages: tuple[str, ...] = ()) -> None:
        self.table = table
        self.ordering: Ordering = table.ordering()
        self._pure = frozenset(pure_packages)
        self._known: dict[str, Classification | None] = {}
        self._results: dict[str, str | None] = {}
        self._reads = frozenset(
            found.name.rpartition(".")[2]
            for found in table.hazards()
            if any(hazard.use == "read" for hazard in found.variants)
        )

    def lookup(self, name: str) -> Classification | None:
        """Return what the table says; None for a name that nobody classified."""
        if name not in self._known:
            self._known[name] = self.table.lookup(name)
        return self._known[name]

    def result_type(self, name: str) -> str | None:
        """Return the class of what calling a name gives."""
        if name not in self._results:
            self._results[name] = self.table.result_type(name)
        return self._results[name]

    def is_read_hazard(self, name: str) -> bool:
        """Tell whether merely reading a name is a hazard."""
        if name.rpartition(".")[2] not in self._reads:
            return False
        found = self.lookup(name)
        return isinstance(found, Hazards) and any(hazard.use == "read" for hazard in found.variants)

    def is_output(self, name: str) -> bool:
        """Tell whether a callable only writes for people: a logger, `print`."""
        if ".logger." in name and name.startswith(("ntro.", "temporalio.")):
            return True
        found = self.lookup(name)
        return isinstance(found, Hazards) and found.variants[0].code == "NTR116"

    def is_unknown(self, meaning: External) -> bool:
        """Tell whether a name leads into a package nobody has classified."""
        if meaning.origin != "third party" or meaning.name.partition(".")[0] in self._pure:
            return False
        return self.lookup(meaning.name) is None
