import wandb
from wandb.sdk import launch

defaults = dict(
    learning_rate=0.01,
    layers=[64, 32],
    optimizer={"name": "adam", "beta": 0.9},
)
defaults["dropout"] = 0.2

with wandb.init(project="x", job_type="train", config=defaults) as run:
    cfg = run.config
    warmup = cfg.get("warmup_steps", 100)
    clip = cfg.clip_norm
    print(cfg.learning_rate, cfg["dropout"], cfg.optimizer["name"])
    run.log({"train/loss": 1})
    run.summary.update({"final": 3})
