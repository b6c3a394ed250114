import dataclasses
from pathlib import Path
from typing import Literal

import tyro


@dataclasses.dataclass(frozen=True)
class Optimizer:
    name: Literal["adam", "sgd"] = "adam"
    learning_rate: float = 3e-4


@dataclasses.dataclass
class Config:
    out: Path
    """Where results go."""
    steps: int = 1000
    optimizer: Optimizer = dataclasses.field(default_factory=Optimizer)
    compile: bool = False
    seed: int | None = None


def main(config: Config) -> None:
    (config.out / "done.txt").write_text("ok")


if __name__ == "__main__":
    main(tyro.cli(Config))
