import draccus
from conf import TrainPipeline


@draccus.wrap()
def train(cfg: TrainPipeline):
    print(cfg.steps)


if __name__ == "__main__":
    train()
