/**
 * What the tests need of libraries that read arguments, as modules beside the code: they give the program
 * what it was given, word by word.
 */
export const CLICK = `
import argparse

def _add(names, **how):
    def add(function):
        function.__dict__.setdefault("asked", []).append((names, how))
        return function
    return add

def option(*names, **how):
    return _add(names, **how)

def argument(name, **how):
    return _add((name,), **how)

def command():
    return lambda function: lambda: function(**vars(_parser(function.asked).parse_args()))

def _parser(asked):
    parser = argparse.ArgumentParser()
    for (name, *_), how in asked:
        if "/" in name:
            on, off = name.split("/")
            parser.add_argument(on, dest=on[2:], action="store_true", default=how["default"])
            parser.add_argument(off, dest=on[2:], action="store_false")
        elif how.pop("multiple", False):
            parser.add_argument(name, action="append", default=[])
        else:
            parser.add_argument(name, **how)
    return parser
`;

export const HYDRA = `
import sys

def main(**_):
    return lambda function: lambda: function(sys.argv[1:])
`;

export const SACRED = `
import sys

class Experiment:
    def __init__(self, name):
        pass

    def config(self, function):
        return function

    def automain(self, function):
        function(sys.argv[1:])
`;

/** Reads flat \`key: value\` lines and one level below, which is all the test's files have. */
export const YAML = `
def safe_load(file):
    root, group = {}, None
    for line in file:
        key, _, rest = line.split("#")[0].rstrip().partition(":")
        if not key.strip():
            continue
        if not rest.strip():
            group = root.setdefault(key, {})
        else:
            (group if key.startswith(" ") else root)[key.strip()] = rest.strip()
    return root
`;
