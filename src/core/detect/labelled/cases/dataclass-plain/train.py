from dataclasses import asdict, dataclass, field

import wandb


@dataclass
class Loss:
    smoothing: float = 0.1


@dataclass
class TrainConfig:
    lr: float = 2.5e-4
    total_timesteps: int = 500_000
    env_id: str = "CartPole-v1"
    anneal: bool = True
    layers: tuple = (64, 64)
    loss: Loss = field(default_factory=Loss)


def main():
    cfg = TrainConfig()
    wandb.init(project="rl", config=asdict(cfg))


main()
