from dataclasses import dataclass
from simple_parsing import ArgumentParser, choice
from simple_parsing.helpers import list_field


@dataclass
class Base:
    # how many
    seed: int = 3


@dataclass
class HParams(Base):
    """Set of options."""
    lr: float = 3e-4  # the step
    kind: str = choice("a", "b", default="a")
    sizes: list[int] = list_field(1, 2)
    note: str = ""
    _hidden_state = 3

    def total(self):
        return self.lr


parser = ArgumentParser()
parser.add_argument("--foo", type=int, default=123)
parser.add_arguments(HParams, dest="options")
args = parser.parse_args()
