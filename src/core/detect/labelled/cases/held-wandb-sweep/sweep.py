import os
import wandb as wb

HYPER = {
    'fc_layer_size': 256,
    'dropout': 0.3,
    'optimizer': 'sgd',
    **{'epochs': 2},
}

sweep = {"method": "random", "parameters": {"lr": {"min": 0, "max": 0.1}}}


def train(config=None):
    with wb.init(config=config or HYPER) as run:
        config = wb.config
        use = config.get('use_ema', False)
        size = config['hidden_size']
        run.log({f'acc_{config.optimizer}': 1, 'loss': 2}, step=1)


if __name__ == '__main__':
    train(HYPER)
