import argparse
from .defaults import LEARNING_RATE as LR, Names


def get_args():
    ap = argparse.ArgumentParser()
    ap.add_argument('--lr', default=LR, type=float)
    ap.add_argument('--model', default=Names.SMALL)
    ap.add_argument('--epochs', type=int, required=True)
    ap.add_argument('--api-key', default=None)
    return ap.parse_args()
