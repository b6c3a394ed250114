from argparse import ArgumentParser as AP, ArgumentDefaultsHelpFormatter, BooleanOptionalAction
from pathlib import Path

DEFAULT_LR = 3e-4
SIZES = (64, 128)
HIDDEN = 2 ** 10


def str2bool(text):
    return text.lower() in ("yes", "true", "1")


p = AP(formatter_class=ArgumentDefaultsHelpFormatter)
g = p.add_argument_group("optimiser")
g.add_argument("--lr", type=float, default=DEFAULT_LR, help="step size")
g.add_argument("--betas", type=float, nargs=2, default=(0.9, 0.999))
ex = p.add_mutually_exclusive_group(required=True)
ex.add_argument("--train", action="store_true")
ex.add_argument("--test", action="store_true")
p.add_argument("--hidden", type=int, default=HIDDEN)
p.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
p.add_argument("--out", type=Path, default=Path("out"))
p.add_argument("--amp", action=BooleanOptionalAction, default=False)
p.add_argument("--shuffle", type=str2bool, default=True)
p.add_argument("--limit", type=lambda s: int(s), default=1_000)
p.add_argument("-v", "--verbose", action="count", default=0)
p.add_argument("--tag", action="append")
p.add_argument("-x")
p.add_argument("files", nargs="*")
p.set_defaults(hidden=512)
opts, rest = p.parse_known_args()
print(opts)
