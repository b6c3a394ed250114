from __future__ import print_function
import argparse, os, sys

def add_dataset_args(group, *, train=False):
    group.add_argument('data')
    group.add_argument('-s', '--source-lang', default=None, metavar='SRC')
    if train:
        group.add_argument('--train-subset', default='train',
                           choices=['train', 'valid'])

def positive(text):
    value = int(text)
    if value <= 0:
        raise argparse.ArgumentTypeError('must be positive')
    return value

class Main(object):
    description = 'x'

    def get_parser(self):
        parser = argparse.ArgumentParser(description=self.description, argument_default=None)
        group = parser.add_argument_group('Dataset')
        add_dataset_args(group, train=True)
        parser.add_argument('--max-tokens', type=positive, default=4096)
        parser.add_argument('--hosts', nargs='+', default=['localhost'], type=str)
        parser.add_argument('--const', action='store_const', const=5, default=2)
        parser.add_argument('--out', type=argparse.FileType('w'), default='-')
        parser.add_argument('--hidden', help=argparse.SUPPRESS)
        parser.add_argument(*['--pair', '-p'], **dict(default=3, type=int))
        kwargs = {'type': float, 'default': 0.7}
        parser.add_argument('--temp', **kwargs)
        parser.add_argument('--cache', default=os.path.join('a', 'b'))
        parser.add_argument('--jobs', default=os.cpu_count(), type=int)
        return parser

    def run(self):
        args = self.get_parser().parse_args(sys.argv[1:])
        print(args, file=sys.stderr)

if __name__ == '__main__':
    Main().run()
