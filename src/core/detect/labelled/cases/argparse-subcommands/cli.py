import argparse
import sys

import argparse as _argparse  # noqa


def common_arguments(parser):
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cpu")


def cmd_train(args):
    print(args.lr)


def cmd_eval(args):
    print(args.checkpoint)


def unused_parser():
    parser = argparse.ArgumentParser()
    parser.add_argument("--never-seen", default=1)
    return parser


def build():
    root = argparse.ArgumentParser(prog="tool")
    root.add_argument("--log-level", default="INFO", choices=("DEBUG", "INFO"))
    commands = root.add_subparsers(dest="command", required=True)

    base = argparse.ArgumentParser(add_help=False)
    base.add_argument("--config", required=True)

    train = commands.add_parser("train", parents=[base], help="fit")
    common_arguments(train)
    train.add_argument("--lr", type=float, default=-1.5)
    train.set_defaults(func=cmd_train)

    evaluate = commands.add_parser("eval")
    common_arguments(evaluate)
    evaluate.add_argument("checkpoint")
    evaluate.set_defaults(func=cmd_eval)
    return root


def main(argv=None):
    args = build().parse_args(argv)
    return args.func(args)


if __name__ == "__main__":
    sys.exit(main())
