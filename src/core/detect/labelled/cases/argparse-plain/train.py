#!/usr/bin/env python
"""Train a small classifier."""
import argparse
import os

import torch


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", metavar="DIR", help="path to the dataset")
    parser.add_argument("-a", "--arch", default="resnet18", choices=["resnet18", "resnet50"],
                        help="model: " + " | ".join(["resnet18", "resnet50"]))
    parser.add_argument("-j", "--workers", default=4, type=int, metavar="N")
    parser.add_argument("--epochs", default=90, type=int)
    parser.add_argument("-b", "--batch-size", default=256, type=int,
                        help="mini-batch size "
                             "(total of all devices)")
    parser.add_argument("--lr", "--learning-rate", default=0.1, type=float, dest="lr")
    parser.add_argument("--wd", "--weight-decay", default=1e-4, type=float, dest="weight_decay")
    parser.add_argument("--resume", default="", type=str)
    parser.add_argument("-e", "--evaluate", dest="evaluate", action="store_true")
    parser.add_argument("--no-cuda", action="store_false", dest="cuda", default=True)
    parser.add_argument("--seed", default=None, type=int)
    parser.add_argument("--version", action="version", version="1.0")
    args = parser.parse_args()
    print(args.lr, os.path.exists(args.data))
    torch.save({}, "checkpoint.pth.tar")


if __name__ == "__main__":
    main()
