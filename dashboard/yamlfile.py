"""Read a YAML file into a validated object, with one Chinese sentence when it is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dashboard.errors import SetupError


class Part(BaseModel):
    """A piece of a settings file: immutable, and no key that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Model = TypeVar("Model", bound=BaseModel)

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, in C where PyYAML was built with libyaml: ten times as fast."""


def parse(text: str) -> Any:
    """What a YAML text says.

    Raises:
        yaml.YAMLError: it is not YAML.
    """
    return yaml.load(text, _LOADER)


def load(path: Path, model: type[Model]) -> Model:
    """The file's content as `model`.

    Raises:
        SetupError: not readable, not YAML, or not of the model's form; names file, place and reason.
    """
    try:
        content = parse(path.read_text(encoding="utf-8"))
        return model.model_validate(content)
    except OSError as error:
        raise SetupError(f"{path.name} 读不出来（{error.strerror}），请检查文件是否存在、是否有权限。") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SetupError(f"{path.name} 不是有效的 YAML 文件：{error}，请改正后重试。") from error
    except ValidationError as error:
        where = "；".join(f"{'.'.join(map(str, e['loc']))}：{e['msg']}" for e in error.errors())
        raise SetupError(f"{path.name} 内容不合要求：{where}，请改正后重试。") from error
