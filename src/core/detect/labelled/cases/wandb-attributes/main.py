import wandb

def train(config, model):
    for _ in range(config.epochs):
        wandb.log({'acc': 0.1})

wandb.init(project="attributes")
config = wandb.config
config.lr = 0.003
config.epochs = 12
config.seed = 42
wandb.config.update({"momentum": 0.9, "n_params": sum(p for p in [1, 2])})
train(config, None)
