import argparse


def other_tool():
    q = argparse.ArgumentParser()
    q.add_argument('--of-another-tool')
    return q.parse_args()
