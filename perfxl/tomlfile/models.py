"""The base of every file's model, and a file held against its model."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)

from perfxl.errors import UsageError
from perfxl.tomlfile.complaints import complain


def as_decimal(value: Any) -> Any:
    """A TOML integer as a Decimal; floats come as Decimals already, the rest is left to fail."""
    return Decimal(value) if type(value) is int else value


Bound = Annotated[Decimal, BeforeValidator(as_decimal), Field(ge=0, le=1000)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]


class FileModel(BaseModel):
    """Base of all tables of a file: nothing is coerced, no key passes unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


M = TypeVar("M", bound=FileModel)


def validated(
    model: type[M], path: Path, data: Mapping[str, Any], error: type[UsageError] = UsageError
) -> M:
    """A file's content as its model.

    Raises:
        UsageError: of the class given; names file and key, what is there and what should be.
    """
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        raise error(complain(str(path), data, problem, model)) from None
