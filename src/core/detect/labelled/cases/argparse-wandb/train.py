import argparse
import os
import wandb

parser = argparse.ArgumentParser()
parser.add_argument('--epochs', type=int, default=5)
parser.add_argument('--lr', type=float, default=1e-3)
parser.add_argument('--batch_size', type=int, default=32)
args = parser.parse_args()

os.environ["TOKENIZERS_PARALLELISM"] = "false"
rank = int(os.environ.get("LOCAL_RANK", 0))
data_root = os.environ.get("DATA_ROOT", "/data")

run = wandb.init(project=os.getenv("PROJECT", "demo"), config=vars(args))
config = wandb.config
for epoch in range(config.epochs):
    wandb.log({"epoch": epoch, "loss": 1.0 / (epoch + 1), "lr": config.lr})
wandb.summary["best"] = 0.5
