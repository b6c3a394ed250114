import argparse

FOLDS = ["train", "valid", "test"]
OPTIONS = [("alpha", float, 0.5), ("beta", float, 0.25)]


class Options:
    def __init__(self):
        self.parser = argparse.ArgumentParser()
        self.initialized = False

    def initialize(self):
        self.parser.add_argument('--name', type=str, default='experiment', help='name of the experiment')
        for fold in FOLDS:
            self.parser.add_argument(f"--{fold}-csv", default=fold + ".csv")
        for name, kind, default in OPTIONS:
            self.parser.add_argument("--" + name, type=kind, default=default)
        self.initialized = True

    def parse(self):
        if not self.initialized:
            self.initialize()
        self.opt = self.parser.parse_args()
        return self.opt


opt = Options().parse()
print(opt.name)
# parser.add_argument("--in-a-comment")
TEXT = """
parser.add_argument("--in-a-string", default=1)
"""
