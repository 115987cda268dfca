"""The runs in flight of a bundle as it was at a git revision, handed over to it as it is now."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ntro_testkit.author_scenarios import available_scenarios
from ntro_testkit.import_errors import BundleError
from ntro_testkit.loading import LoadedBundle, load_bundle
from ntro_testkit.replay.against.revision import RevisionError, at_revision
from ntro_testkit.replay.against.states import Flights
from ntro_testkit.replay.against.switching import OldCodeError, Switching
from ntro_testkit.replay.recording.record import Refused


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to be checked: a bundle and its children as they are, and what runs began with.

    `scenarios` are names, none for all there are at `revision` and those that follow from them.
    """

    bundle: Path
    children: tuple[Path, ...]
    revision: str
    scenarios: tuple[str, ...] = ()
    workflow_class: str | None = None


class NewBundleError(Exception):
    """The bundle did not exist at the revision: no run can be in flight."""


def check_against(
    edit: Edit, before_state: Callable[[], None] = lambda: None
) -> Generator[Flights | Refused, None, None]:
    """Yield the states of each scenario, or why the old code cannot be run through it.

    `before_state` is called before each state is looked at; it may raise to end it all.

    Raises `BundleError` for today's bundles, `RevisionError` for the old ones and for what git
    cannot give, `NewBundleError`, and `MockError` when nothing can answer an activity of today's.
    """
    new = [load_bundle(edit.bundle, workflow_class=edit.workflow_class)]
    new += map(load_bundle, edit.children)
    with at_revision([edit.bundle, *edit.children], edit.revision) as (root, *children):
        if root is None:
            raise NewBundleError
        then = _Then(edit, {root: edit.bundle})
        then.places.update(
            (old, now) for old, now in zip(children, edit.children, strict=True) if old is not None
        )
        with then.blamed():
            old = then.loaded()
            available = available_scenarios(root)
            unknown = [name for name in edit.scenarios if name not in available]
            if unknown:
                raise OldCodeError(
                    f"no scenario `{unknown[0]}` (available: {', '.join(available)})"
                )
        wanted = [available[name] for name in edit.scenarios or available]
        found = Switching(old, new, before_state).flights(wanted, vary=not edit.scenarios)
        while True:
            with then.blamed():
                each = next(found, None)
            if each is None:
                return
            yield then.refused(each) if isinstance(each, Refused) else each


@dataclass(frozen=True, slots=True)
class _Then:
    """The bundles of the revision: `places` has where each was written -> where it is now."""

    edit: Edit
    places: dict[Path, Path]

    def loaded(self) -> list[LoadedBundle]:
        root, *children = self.places
        return [
            load_bundle(root, workflow_class=self.edit.workflow_class),
            *map(load_bundle, children),
        ]

    @contextlib.contextmanager
    def blamed(self) -> Iterator[None]:
        """Say of a fault of old code that it is one, and where it is to be found."""
        try:
            yield
        except OldCodeError as error:
            raise self._error(error) from error
        except BundleError as error:
            raise self._error(error) from error

    def refused(self, refused: Refused) -> Refused:
        return replace(refused, error=self._said(refused.error))

    def _error(self, error: Exception) -> RevisionError:
        return RevisionError(f"at `{self.edit.revision}`: {self._said(str(error))}")

    def _said(self, text: str) -> str:
        for written, now in self.places.items():
            text = text.replace(str(written.resolve()), str(now))
        return text
