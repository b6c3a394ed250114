from enum import Enum
from pathlib import Path
from typing import Annotated, List, Literal, Optional

import typer


class Kind(str, Enum):
    simple = "simple"
    conv = "conv"


def main(
    data: Annotated[Path, typer.Argument(help="where the data is", exists=True)],
    name: Annotated[str, typer.Option("--run-name", "-n")] = "run",
    epochs: Annotated[int, typer.Option(min=1, max=1000)] = 10,
    lr: float = 1e-3,
    kind: Kind = Kind.simple,
    precision: Literal["fp16", "fp32"] = "fp32",
    shuffle: bool = True,
    force: Annotated[bool, typer.Option("--force")] = False,
    tags: Optional[List[str]] = None,
    limit: Optional[int] = None,
):
    print(data, name)


if __name__ == "__main__":
    typer.run(main)
