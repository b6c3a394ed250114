import { expect, it } from 'vitest';
import { detect } from '../detect.ts';
import { entriesOf, readerOf } from '../test-tree.ts';

/** `command name:type=default` of each parameter; `!` for required, `?` for a default that is not known. */
async function parametersOf(files: Record<string, string>): Promise<string[]> {
  const options = { entryPoint: ['python', 'main.py'] };
  const { parameters } = await detect(entriesOf(files), readerOf(files), options);
  return parameters.map(({ command, name, type, default: value, hasDefault, required }) => {
    const shown = hasDefault ? JSON.stringify(value) : required ? '!' : '?';
    return `${command === null ? '' : `${command} `}${name}:${type}=${shown}`;
  });
}

const TABLE: [string, string[], string[]][] = [
  [
    'arguments in a loop over a dict, and commands in a loop',
    [
      'import argparse',
      'ap = argparse.ArgumentParser()',
      'for flag, more in {"--a": dict(type=int, default=1), "--b": {"default": "x"}}.items():',
      '    ap.add_argument(flag, **more)',
      'commands = ap.add_subparsers()',
      'for name in ("x", "y"): commands.add_parser(name).add_argument(f"--{name}-opt")',
      'ap.parse_args()',
    ],
    ['a:integer=1', 'b:string="x"', 'x x_opt:string=null', 'y y_opt:string=null'],
  ],
  [
    'a parser that is made of another one',
    [
      'from argparse import ArgumentParser',
      'class Model:',
      '    @staticmethod',
      '    def add_arguments_to(parent):',
      '        parser = ArgumentParser(parents=[parent], add_help=False)',
      '        parser.add_argument("--width", type=int, default=3)',
      '        return parser',
      'parser = ArgumentParser()',
      'parser.add_argument("--lr", type=float, default=1)',
      'Model.add_arguments_to(parser).parse_args()',
    ],
    ['lr:number=1', 'width:integer=3'],
  ],
  [
    'a subclass of a parser',
    [
      'import argparse',
      'class Mine(argparse.ArgumentParser):',
      '    def __init__(self):',
      '        super().__init__()',
      '        self.add_argument("--lr", default=0.5)',
      'Mine().parse_args()',
    ],
    ['lr:number=0.5'],
  ],
  [
    'optparse',
    [
      'from optparse import OptionParser',
      'p = OptionParser()',
      'p.add_option("-n", "--number", type="int", default=3)',
      'options, args = p.parse_args()',
    ],
    ['number:integer=3'],
  ],
  [
    'groups in groups of click',
    [
      'import click',
      '@click.group()',
      'def cli(): pass',
      '@cli.group()',
      'def db(): pass',
      '@db.command("init")',
      '@click.option("--size", type=int, default=lambda: 3)',
      'def init_db(size): pass',
      'cli()',
    ],
    ['db init size:integer=?'],
  ],
  [
    'an app of one command of typer',
    [
      'import typer',
      'app = typer.Typer()',
      '@app.command()',
      'def main(lr: float = 0.1, *, name: str = typer.Option(...)): ...',
      'app()',
    ],
    ['lr:number=0.1', 'name:string=!'],
  ],
  [
    'Tap',
    [
      'from tap import Tap',
      'class Arguments(Tap):',
      '    name: str  # who',
      '    fast: bool = False',
      'Arguments().parse_args()',
    ],
    ['name:string=!', 'fast:boolean=false'],
  ],
  [
    'LightningCLI',
    [
      'from lightning.pytorch.cli import LightningCLI',
      'class Net:',
      '    def __init__(self, lr: float = 0.1): pass',
      'LightningCLI(Net)',
    ],
    ['fit model.lr:number=0.1'],
  ],
  [
    'classes that hold settings',
    ['class CFG:', '    seed = 3', '    model = "x"', 'class Other:', '    n = 1'],
    ['CFG.seed:integer=3', 'CFG.model:string="x"'],
  ],
  [
    'reads of wandb.config with defaults',
    [
      'import wandb',
      'wandb.init(config={"a": {"b": 1}})',
      'wandb.config.get("extra", 3)',
      'getattr(wandb.config, "gamma", 0.5)',
      'wandb.config.items()',
      'wandb.config["a"]["b"]',
    ],
    ['a.b:integer=1', 'extra:integer=3', 'gamma:number=0.5'],
  ],
  [
    'branches that are decided, and such that are not',
    [
      'import argparse, sys',
      'p = argparse.ArgumentParser()',
      'EXTRA = False',
      'if EXTRA: p.add_argument("--never")',
      'if sys.platform == "linux": p.add_argument("--maybe")',
      'p.parse_args()',
    ],
    ['maybe:string=null'],
  ],
];

it.each(TABLE)('reads %s', async (_name, lines, expected) => {
  expect(await parametersOf({ 'main.py': lines.join('\n') })).toEqual(expected);
});

it('reads the config file that an argument names by default', async () => {
  const main = [
    'import argparse, yaml',
    'p = argparse.ArgumentParser()',
    'p.add_argument("--config", default="base.yaml")',
    'args = p.parse_args()',
    'with open(args.config) as handle: config = yaml.safe_load(handle)',
  ].join('\n');
  const files = { 'main.py': main, 'base.yaml': 'lr: 1e-3\nname: x # who\n' };
  expect(await parametersOf(files)).toEqual([
    'config:string="base.yaml"',
    'lr:number=0.001',
    'name:string="x"',
  ]);
});
