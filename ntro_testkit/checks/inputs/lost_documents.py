"""Documents that arrive while a gate takes several, and that the run goes on without.

Two kinds of gates take several: those that say so (`multiple` in the config of their display hint),
and those that one document does not open, so that a person has to send more. Their documents are
sent one by one, without waiting, and together in one workflow task. A document is lost when another
one in its place changes neither commands nor result nor what reviewers are shown, leaving it out
changes nothing either, no warning is shown, and yet the run reads others at that gate.

One by one decides how many there may be: what comes after the gate has shut for good is not looked
at, because a batch may be full, an inbox closed, a second upload too late. A gate that stays open
beyond a limit, and says nothing, does lose what comes then. Nor is looked at a document whose
content no run reads: an activity may find it in the data plane. Slots of a `submit_files` gate are
gates of children, which are examined by themselves.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ntro_testkit.checks.experiment import Experiment
from ntro_testkit.checks.gate_names import named
from ntro_testkit.checks.inputs.document_streams import DocumentStream, Inbox, Manner
from ntro_testkit.checks.inputs.observing import effects, warnings_shown
from ntro_testkit.checks.inputs.other_payloads import another
from ntro_testkit.run_data import plain
from ntro_testkit.runtime.definitions import payload_type
from ntro_testkit.scenario import HAPPY, Scenario
from ntro_testkit.scenario_source import reproduction
from ntro_testkit.trace import Gate, RunResult
from ntro_testkit.verdict import Verdict

SEVERAL = 3
MOST = 6
FIRST_NUMBER = 101
"""Of the documents sent by this check; those of the scenario's person count from 1."""
OTHER_NUMBER = 201


def lost_documents(experiment: Experiment) -> Iterator[Verdict]:
    """Yield a verdict for each gate that takes several documents and loses some of them."""
    gates: dict[Inbox, Gate] = {}
    for gate in experiment.own_gates(experiment.happy, "submit_file"):
        name = gate.signal_name
        if name is not None and name in experiment.definition.signals:
            gates.setdefault(Inbox(gate.step, name), gate)
    for inbox, gate in gates.items():
        receiving = _Receiving(experiment, inbox, gate)
        loss = receiving.loss()
        if loss is not None:
            yield _verdict(experiment, receiving, loss)


@dataclass(frozen=True)
class _Stream:
    """Documents of these numbers, sent in one manner, and which of them the run reads.

    A document is known by its place among the numbers; None is one that is left out.
    """

    experiment: Experiment
    inbox: Inbox
    manner: Manner
    numbers: tuple[int | None, ...]

    @cached_property
    def usual(self) -> tuple[DocumentStream, RunResult]:
        """The run with all of them, which the others are compared with."""
        return self._run()

    @property
    def sent(self) -> int:
        """How many could be sent."""
        return len(self.usual[0].sent)

    @property
    def is_sound(self) -> bool:
        """Whether all were accepted, and the run ended as it may."""
        stream, run = self.usual
        return run.ended_well and not any(sent.problem for sent in stream.sent)

    @cached_property
    def outcome(self) -> list[str]:
        """What the run did."""
        return effects(self.experiment, self.usual[1])

    @cached_property
    def read(self) -> frozenset[int]:
        """Those whose content makes a difference."""
        return frozenset(
            place
            for place, number in enumerate(self.numbers[: self.usual[0].passed])
            if number is not None
            and self._with(place, OTHER_NUMBER + place).outcome != self.outcome
        )

    def is_noticed(self, place: int) -> bool:
        """Tell whether a document that is not read counts at least, or a warning refuses it.

        It does not count if the scenario's person has to send one more in its place, or if without
        it another one is not read: then the run loses whichever comes there.
        """
        without = self._with(place, None)
        if without.number_of_signals >= self.number_of_signals:
            return False
        if warnings_shown(without.usual[1]) != warnings_shown(self.usual[1]):
            return True
        return without.outcome != self.outcome and without.read == self.read

    def reads_the_persons_own(self) -> bool:
        """Tell whether what the scenario's person sends at that gate makes a difference."""
        stream, usual = self.usual
        name = self.inbox.signal_name
        ours = {id(sent) for sent in stream.sent}
        own = [
            sent.payload
            for sent in usual.signals
            if sent.name == name and sent.workflow_id == usual.workflow_id and id(sent) not in ours
        ]
        if not own:
            return False
        declared = payload_type(self.experiment.definition, name)
        payload = plain(own[0])
        other = another(payload, OTHER_NUMBER, declared)
        changed = {key: value for key, value in other.items() if value != payload.get(key)}
        scenario = dataclasses.replace(HAPPY, extra_signal_payloads={name: changed})
        return effects(self.experiment, self._run(scenario)[1]) != self.outcome

    @property
    def number_of_signals(self) -> int:
        """How many documents arrived, those of the scenario's person among them."""
        name = self.inbox.signal_name
        return sum(sent.name == name for sent in self.usual[1].signals)

    def _with(self, place: int, number: int | None) -> _Stream:
        numbers = (*self.numbers[:place], number, *self.numbers[place + 1 :])
        return dataclasses.replace(self, numbers=numbers)

    def _run(self, scenario: Scenario = HAPPY) -> tuple[DocumentStream, RunResult]:
        stream = DocumentStream(self.inbox, self.numbers, self.manner)
        return stream, self.experiment.run(scenario, choose=stream.choose, snapshots=True)


@dataclass(frozen=True, slots=True)
class _Loss:
    """Documents that were lost, by their place in a stream."""

    stream: _Stream
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Receiving:
    """Finds out what a gate does with several documents."""

    experiment: Experiment
    inbox: Inbox
    gate: Gate

    def loss(self) -> _Loss | None:
        """Return the loss that is seen first, in the simplest manner; None when there is none."""
        wanted = self._number()
        if wanted < 2:
            return None
        calm = self._stream(Manner.ONE_BY_ONE, wanted)
        if not calm.is_sound:
            return None
        if calm.sent < 2:
            return self._overwritten() if self._says_multiple() else None
        if places := self._unread(calm, range(calm.sent)):
            return _Loss(calm, places) if calm.read or calm.reads_the_persons_own() else None
        for manner in (Manner.TOGETHER, Manner.WITHOUT_WAITING):
            hurried = self._stream(manner, calm.sent)
            arrived = [place for place in sorted(calm.read) if place < hurried.sent]
            if hurried.is_sound and (places := self._unread(hurried, arrived)):
                return _Loss(hurried, places)
        return None

    def _number(self) -> int:
        """Return how many documents may be sent; less than two where the gate wants only one."""
        happy = self.experiment.happy
        same = [
            gate
            for gate in self.experiment.own_gates(happy)
            if gate.signal_name == self.inbox.signal_name
        ]
        sent = sum(
            sent.name == self.inbox.signal_name and sent.workflow_id == happy.workflow_id
            for sent in happy.signals
        )
        if self._says_multiple():
            return max(SEVERAL, min(sent, MOST))
        # Without that word, several openings are several questions, each for one document.
        return min(sent, MOST) if len(same) == 1 else 1

    def _says_multiple(self) -> bool:
        config = (self.gate.display_hint or {}).get("config")
        return isinstance(config, dict) and config.get("multiple") is True

    def _overwritten(self) -> _Loss | None:
        """Look at a gate that the first document shuts: it may not be lost for the second.

        That only the first is read may be a limit.
        """
        stream = self._stream(Manner.TOGETHER, 2)
        if stream.is_sound and stream.read == {1} and not stream.is_noticed(0):
            return _Loss(stream, (0,))
        return None

    def _unread(self, stream: _Stream, places: Sequence[int]) -> tuple[int, ...]:
        return tuple(
            place for place in places if place not in stream.read and not stream.is_noticed(place)
        )

    def _stream(self, manner: Manner, count: int) -> _Stream:
        numbers = tuple(range(FIRST_NUMBER, FIRST_NUMBER + count))
        return _Stream(self.experiment, self.inbox, manner, numbers)


def _verdict(experiment: Experiment, receiving: _Receiving, loss: _Loss) -> Verdict:
    inbox, stream = receiving.inbox, loss.stream
    lost = ", ".join(str(place + 1) for place in loss.places)
    number = "document" if len(loss.places) == 1 else "documents"
    return Verdict(
        code="NTR703",
        message=(
            f"{named(receiving.gate)} takes several documents, and of {stream.sent} "
            f"`{inbox.signal_name}` that arrive {stream.manner.value} it loses {number} {lost}"
        ),
        scenario=experiment.charged(HAPPY.name),
        slug=experiment.definition.slug,
        line=receiving.gate.line,
        help=(
            "append what a signal brings to a list, and read that list to its end, in this run "
            "of the step or the next"
        ),
        evidence=tuple(_evidence(stream)),
        reproduce=_reproduced(loss) if stream.manner is Manner.ONE_BY_ONE else None,
    )


def _evidence(stream: _Stream) -> Iterator[str]:
    for place, sent in enumerate(stream.usual[0].sent):
        payload = plain(sent.payload)
        told = payload.get("document_ref") or payload.get("event_id") or payload
        effect = "changes the run" if place in stream.read else "changes nothing"
        yield f"document {place + 1} ({told}): another one in its place {effect}"
    if stream.manner is Manner.ONE_BY_ONE and not stream.read:
        yield "the one that came after them all: another one in its place changes the run"


def _reproduced(loss: _Loss) -> str | None:
    inbox = loss.stream.inbox
    if inbox.step is None:
        return None
    sent = [(inbox.signal_name, plain(each.payload)) for each in loss.stream.usual[0].sent]
    return reproduction(Scenario("several_documents", signals={inbox.step: sent}))
