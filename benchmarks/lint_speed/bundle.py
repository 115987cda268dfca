"""Generated bundles: a workflow, its activities and models, and helpers that it all reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import Template

from benchmarks.lint_speed import workflow_text
from benchmarks.lint_speed.helper_modules import HelperFunction, functions, module_text
from benchmarks.lint_speed.words import Words, plain, title
from lint_rules.manifest.slugs import class_name

LINES_PER_HAZARD = 200
LINES_PER_STEP = 190
"""One step for so many lines of a package; the rest are helpers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: it asks an activity for what `name` says."""

    name: str
    number: int

    def fill(self, template: str, **more: str) -> str:
        """Fill a text of a step."""
        return Template(template.strip("\n")).substitute(
            name=self.name,
            plain=plain(self.name),
            title=plain(self.name).capitalize(),
            request=f"{title(self.name)}Request",
            answer=title(self.name),
            function=f"read_{self.name}",
            number=self.number,
            **more,
        )


def bundle_files(slug: str, lines: int) -> dict[str, str]:
    """Return the files of a bundle of about so many lines of Python; the slug is the seed."""
    files = {f"templates/{name}": text for name, text in package_files(slug, lines).items()}
    files["templates/requirements.txt"] = "ntro[workflow]==0.1.2\nhttpx==0.28.1\npydantic==2.14.3\n"
    files["runbook.md"] = _manifest(slug, lines, sorted(files))
    return files


def _manifest(slug: str, lines: int, paths: Sequence[str]) -> str:
    listed = Template(workflow_text.MANIFEST_TEMPLATE.strip("\n"))
    return Template(workflow_text.MANIFEST.lstrip("\n")).substitute(
        slug=slug,
        title=_title(slug),
        about=_about(slug),
        steps="\n".join(s.fill(workflow_text.MANIFEST_STEP) for s in _steps(Words(slug), lines)),
        templates="\n".join(listed.substitute(path=path) for path in paths),
    )


def _steps(words: Words, lines: int) -> list[Step]:
    count = max(1, round(lines / LINES_PER_STEP))
    return [Step(words.name(), words.number(5, 90)) for _ in range(count)]


def package_files(
    slug: str, lines: int, facade: str = "runbook", base: str = workflow_text.OWN_BASE
) -> dict[str, str]:
    """Return the modules of a workflow package; `facade` is `runbook` or `workflow`.

    `base` is how its activities come to the address of the service they ask.
    """
    words = Words(slug)
    library = "ntro.workflow" if facade == "runbook" else "temporalio"
    steps = _steps(words, lines)
    files = {"__init__.py": "", "models.py": _models(steps)}
    files["activities.py"] = _activities(steps, library, base)
    # The workflow comes last: so many lines for its frame, and for each step.
    written = sum(text.count("\n") for text in files.values()) + 68 + 25 * len(steps)
    helpers = functions(words, lines - written, max(1, lines // LINES_PER_HAZARD))
    for module in sorted({helper.module for helper in helpers}):
        ours = [helper for helper in helpers if helper.module == module]
        files[f"{module}.py"] = module_text(module, ours)
    files["workflow.py"] = _workflow(slug, steps, helpers, facade, library)
    return files


def _models(steps: Sequence[Step]) -> str:
    return _blocks(
        workflow_text.MODELS_HEADER.strip("\n"),
        *(step.fill(workflow_text.MODEL) for step in steps),
    )


def _activities(steps: Sequence[Step], library: str, base: str) -> str:
    names = [step.fill(name) for step in steps for name in ("$request", "$answer")]
    header = Template(workflow_text.ACTIVITIES_HEADER.strip("\n"))
    return _blocks(
        header.substitute(library=library, imports=_from("models", ["Line", *names]), base=base),
        *(step.fill(workflow_text.ACTIVITY) for step in steps),
    )


def _workflow(
    slug: str, steps: Sequence[Step], helpers: Sequence[HelperFunction], facade: str, library: str
) -> str:
    ntro = facade == "runbook"
    modules = sorted({helper.module for helper in helpers})
    header = Template(workflow_text.WORKFLOW_HEADER.strip("\n")).substitute(
        about=_about(slug),
        library=library,
        names="NtroWorkflow, runbook" if ntro else "workflow",
        imports="\n".join(
            [
                _from("activities", [step.fill("$function") for step in steps]),
                *(_from(m, [one.name for one in helpers if one.module == m]) for m in modules),
                _from("models", ["Context", "Line", "Outcome", *_requests(steps)]),
            ]
        ),
        facade=facade,
        workflow_class=class_name(slug),
        bases="(NtroWorkflow)" if ntro else "",
    )
    mark = workflow_text.STEP_MARK if ntro else ""
    bodies = [
        step.fill(
            mark.rstrip("\n") + workflow_text.STEP,
            facade=facade,
            calls=_uses(workflow_text.CALL, helpers[number :: len(steps)], decisions=False),
            decisions=_uses(workflow_text.DECISION, helpers[number :: len(steps)], decisions=True),
        )
        for number, step in enumerate(steps)
    ]
    calls = [step.fill(workflow_text.RUN_CALL) for step in steps]
    run = "\n".join(
        [workflow_text.RUN_HEADER.strip("\n"), *calls, workflow_text.RUN_END.strip("\n")]
    )
    return "\n\n".join([header, *bodies, Template(run).substitute(facade=facade)]) + "\n"


def _requests(steps: Sequence[Step]) -> list[str]:
    return [step.fill("$request") for step in steps]


def _uses(template: str, helpers: Sequence[HelperFunction], *, decisions: bool) -> str:
    """Return the lines of a step that use helpers: those that decide, or all others."""
    wanted = [one for one in helpers if (one.module == "decisions") is decisions]
    text = Template(template.strip("\n"))
    return "\n".join(text.substitute(plain=one.about, function=one.name) for one in wanted)


def _blocks(*texts: str) -> str:
    return "\n\n\n".join(texts) + "\n"


def _from(module: str, names: Sequence[str]) -> str:
    inner = "".join(f"    {name},\n" for name in sorted(names))
    return f"from .{module} import (\n{inner})"


def _title(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _about(slug: str) -> str:
    return f"Close the books of {slug.replace('-', ' ')}: read, check, have it approved."
