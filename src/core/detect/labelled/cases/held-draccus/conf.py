from __future__ import annotations
import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class DatasetConfig:
    repo_id: str
    episodes: list[int] | None = None


@dataclass
class WandBConfig:
    enable: bool = False
    project: str = "robots"


@dataclass
class TrainPipeline:
    dataset: DatasetConfig
    output_dir: Path | None = None
    seed: int | None = 1000
    steps: int = 100_000
    wandb: WandBConfig = field(default_factory=WandBConfig)

    def __post_init__(self):
        self.checkpoint_path = None
