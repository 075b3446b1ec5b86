from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

SITE = "https://facts.example.org"
AS_OF = "The date it is true for: 2016, 2016-05 or 2016-05-27."

Number = Annotated[int | float, WithJsonSchema({"type": "number"})]


def always(description: str, example: Any) -> Any:
    return Field(description=description, examples=[example])


def given(description: str, example: Any = None) -> Any:
    """Of a member that `?fields=` may leave out. Without an example, that of its own shape."""
    examples = None if example is None else [example]
    return Field(default=None, description=description, examples=examples)
