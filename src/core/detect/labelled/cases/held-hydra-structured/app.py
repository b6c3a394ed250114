from dataclasses import dataclass, field
from typing import Any, List
import hydra
from hydra.core.config_store import ConfigStore
from omegaconf import MISSING


@dataclass
class DB:
    host: str = "localhost"
    port: int = 3306


@dataclass
class Config:
    db: DB = field(default_factory=DB)
    retries: int = 2
    user: str = MISSING


cs = ConfigStore.instance()
cs.store(name="config", node=Config)


@hydra.main(version_base="1.3", config_path=None, config_name="config")
def app(cfg: Config) -> None:
    print(cfg.db.port)


if __name__ == "__main__":
    app()
