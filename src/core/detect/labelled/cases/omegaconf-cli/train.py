from omegaconf import OmegaConf

base = OmegaConf.load("configs/default.yaml")
cli = OmegaConf.from_cli()
cfg = OmegaConf.merge(base, cli)
print(cfg.lr)
