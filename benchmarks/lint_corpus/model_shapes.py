"""Code that runs while an object is made: constructors, factories of defaults, validators."""

from __future__ import annotations

from benchmarks.lint_corpus.shape import Shape

SHAPES = (
    Shape(
        "constructor",
        "return Clock().moment",
        before="""
        class Clock:
            \"\"\"Says when.\"\"\"

            def __init__(self):
                self.moment = $call  #!
        """,
    ),
    Shape(
        "post_init",
        "return Clock(1).moment",
        imports="import dataclasses\n\n$import",
        before="""
        @dataclasses.dataclass
        class Clock:
            \"\"\"Says when.\"\"\"

            number: int

            def __post_init__(self):
                self.moment = $call  #!
        """,
    ),
    Shape(
        "dataclass_default_factory",
        "return Entry(1).moment  #!",
        imports="from dataclasses import dataclass, field\n\n$import",
        before="""
        @dataclass
        class Entry:
            \"\"\"One line.\"\"\"

            number: int
            moment: object = field(default_factory=$bare)  #!
        """,
    ),
    Shape(
        "dataclass_default_factory_lambda",
        "return Entry(1).moment",
        imports="from dataclasses import dataclass, field\n\n$import",
        before="""
        @dataclass
        class Entry:
            \"\"\"One line.\"\"\"

            number: int
            moment: object = field(default_factory=lambda: $call)  #!
        """,
    ),
    Shape(
        "pydantic_default_factory",
        "return Entry(number=1).moment",
        imports="",
        before="from .models import Entry",
        files=(
            (
                "models.py",
                """
                \"\"\"Data.\"\"\"

                from typing import Any

                from pydantic import BaseModel, Field
                $import


                def stamp():
                    return $call  #!


                class Entry(BaseModel):
                    \"\"\"One line.\"\"\"

                    number: int
                    moment: Any = Field(default_factory=stamp)
                """,
            ),
        ),
    ),
    Shape(
        "pydantic_validator",
        'return Entry(moment="now").moment',
        imports="",
        before="from .models import Entry",
        files=(
            (
                "models.py",
                """
                \"\"\"Data.\"\"\"

                from typing import Any

                from pydantic import BaseModel, field_validator
                $import


                class Entry(BaseModel):
                    \"\"\"One line.\"\"\"

                    moment: Any

                    @field_validator("moment", mode="before")
                    @classmethod
                    def fill(cls, value: Any) -> Any:
                        return $call if value == "now" else value  #!
                """,
            ),
        ),
    ),
    Shape(
        "pydantic_model_validator",
        'return Entry(moment="now").moment',
        imports="""
        from typing import Any

        from pydantic import BaseModel, model_validator
        $import
        """,
        before="""
        class Entry(BaseModel):
            \"\"\"One line.\"\"\"

            moment: Any

            @model_validator(mode="after")
            def fill(self) -> Entry:
                self.moment = $call  #!
                return self
        """,
    ),
)
"""The workflow makes an object and reads from it."""
