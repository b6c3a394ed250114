import argparse


def build(args):
    return args.model


if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('--only-when-started-alone', type=int, default=3)
    build(p.parse_args())
