import fire


class Pipeline:
    """Things to do."""

    def __init__(self, root: str = ".", verbose=False):
        self.root = root

    def clean(self, force: bool = False):
        self._remove(force)

    def fit(self, steps, rate=0.5):
        return steps

    def _remove(self, force):
        pass


if __name__ == "__main__":
    fire.Fire(Pipeline)
