import argparse
import wandb

LR = 0.05
p = argparse.ArgumentParser()
p.add_argument("--epochs", type=int, default=3)
a = p.parse_args()
config = {
    "architecture": "CNN",
    "epochs": a.epochs,
    "max_epochs": a.epochs,
    "learning_rate": LR,
    "device": "cuda" if True else "cpu",
    "n": len([1, 2]),
}
wandb.init(config=config)
wandb.config.update({"note": "x"}, allow_val_change=True)
