import { expect, test, type Slipway } from './support/cli.ts';
import { CLICK, HYDRA, SACRED, YAML } from './support/stand-ins.ts';

const ENGINES = ['docker', 'process'];

/** Words that a shell would take for more than text. */
const ODD = `a b "c" 'd' $HOME $(id) ;rm \\ é😀\n=x`;

/** Launches the code with these options, and reads the JSON it prints. */
async function printed(
  slipway: Slipway,
  folder: string,
  engine: string,
  ...more: string[]
): Promise<unknown> {
  const source = ['--uri', folder, '--job-name', 'prints', '-E', 'python main.py'];
  const { status, stdout, stderr } = await slipway.run(
    ...['launch', ...source, '--engine', engine, ...more],
  );
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as unknown;
}

const param = (pairs: Record<string, string>): string[] =>
  Object.entries(pairs).flatMap(([name, value]) => ['--param', `${name}=${value}`]);

const ARGPARSE = `
import argparse, json
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--layers", type=int, nargs="+", default=[1])
parser.add_argument("--fast", action="store_true")
parser.add_argument("--name", default="x")
parser.add_argument("--learning-rate", type=float, default=1.0)
parser.add_argument("data")
print(json.dumps(vars(parser.parse_args())))
`;

const CLICKED = `
import json
import click

@click.command()
@click.option("--lr", type=float, default=0.1)
@click.option("--shuffle/--no-shuffle", default=True)
@click.option("--tag", multiple=True)
@click.argument("data")
def main(**given):
    print(json.dumps(given))

if __name__ == "__main__":
    main()
`;

const HYDRAED = `
import json
import hydra

@hydra.main(config_path="conf", config_name="config", version_base=None)
def main(words):
    print(json.dumps(words))

if __name__ == "__main__":
    main()
`;

const SACREDED = `
import json
from sacred import Experiment

ex = Experiment("e")

@ex.config
def configuration():
    lr = 0.1
    name = "x"

@ex.automain
def main(words):
    print(json.dumps(words))
`;

const ENVIRONMENT = `
import json, os
root = os.environ.get("DATA_ROOT", "/none")
level = os.getenv("LEVEL")
print(json.dumps([root, level, os.environ.get("FROM_HERE")]))
`;

for (const engine of ENGINES) {
  test.describe(`on the ${engine} engine`, () => {
    test('arguments of argparse', async ({ slipway, code }) => {
      const folder = await code({ 'main.py': ARGPARSE });
      const given = { lr: '0.5', layers: '3,4', fast: 'true', name: ODD, data: '/the data' };
      expect(
        await printed(slipway, folder, engine, ...param(given), '--param', 'learning-rate=1e-3'),
      ).toEqual({
        lr: 0.5,
        layers: [3, 4],
        fast: true,
        name: ODD,
        learning_rate: 0.001,
        data: '/the data',
      });
      expect(await printed(slipway, folder, engine, ...param({ data: 'd' }))).toEqual({
        lr: 0.1,
        layers: [1],
        fast: false,
        name: 'x',
        learning_rate: 1,
        data: 'd',
      });
    });

    test('arguments of click', async ({ slipway, code }) => {
      const folder = await code({ 'main.py': CLICKED, 'click.py': CLICK });
      const given = param({ lr: '2', shuffle: 'false', tag: 'a,b', data: ODD });
      expect(await printed(slipway, folder, engine, ...given)).toEqual({
        ...{ lr: 2, shuffle: false, tag: ['a', 'b'], data: ODD },
      });
    });

    test('overrides of hydra', async ({ slipway, code }) => {
      const files = {
        'main.py': HYDRAED,
        'hydra.py': HYDRA,
        'conf/config.yaml': 'model:\n  width: 8\n  name: "small"\nlr: 0.1\n',
      };
      const folder = await code(files);
      const given = param({ 'model.width': '16', lr: '0.5', 'model.name': 'a, b' });
      const words = (await printed(slipway, folder, engine, ...given)) as string[];
      expect(words.toSorted()).toEqual(['lr=0.5', "model.name='a, b'", 'model.width=16']);
    });

    test('sacred: "with" once before all of them', async ({ slipway, code }) => {
      const folder = await code({ 'main.py': SACREDED, 'sacred.py': SACRED });
      const words = await printed(slipway, folder, engine, ...param({ lr: '0.5', name: 'y' }));
      expect(words).toEqual(['with', 'lr=0.5', expect.stringMatching(/^name=['"]?y['"]?$/)]);
    });

    test('variables, found in the code, given, and taken from the caller', async ({
      slipway,
      code,
    }) => {
      const folder = await code({ 'main.py': ENVIRONMENT });
      process.env['FROM_HERE'] = ODD;
      const given = ['--param', 'DATA_ROOT=/data', '--env', `LEVEL=${ODD}`, '--env', 'FROM_HERE'];
      expect(await printed(slipway, folder, engine, ...given)).toEqual(['/data', ODD, ODD]);
      expect(await printed(slipway, folder, engine)).toEqual(['/none', null, null]);
    });

    test('extra words stand behind those of the inputs', async ({ slipway, code }) => {
      const folder = await code({ 'main.py': ARGPARSE });
      const words = ['--param', 'lr=0.5', '--', '--name', ODD, '--', '-d'];
      expect(await printed(slipway, folder, engine, ...words)).toMatchObject({
        ...{ lr: 0.5, name: ODD, data: '-d' },
      });
    });

    test('values in config files, with their comments kept', async ({ slipway, code }) => {
      const folder = await code({ ...CONFIG_FILES, 'main.py': CONFIG_READER, 'yaml.py': YAML });
      const given = param({ 'model.width': '16', epochs: '5', 'train.steps': '20' });
      expect(await printed(slipway, folder, engine, ...given)).toEqual({
        'config.yaml': CONFIG_FILES['config.yaml'].replace('8', '16'),
        'settings.json': CONFIG_FILES['settings.json'].replace('3', '5'),
        'run.toml': CONFIG_FILES['run.toml'].replace('10', '20'),
        read: ['16', 5, 20],
      });
    });
  });
}

const CONFIG_FILES = {
  'config.yaml': '# how wide\nmodel:\n  width: 8 # of the first layer\nlr: 0.1\n',
  'settings.json': '{\n  "epochs": 3,\n  "name": "adam"\n}\n',
  'run.toml': '# the run\n[train]\nsteps = 10 # many\n',
};

const CONFIG_READER = `
import json, tomllib, yaml
with open("config.yaml") as file:
    config = yaml.safe_load(file)
with open("settings.json") as file:
    settings = json.load(file)
with open("run.toml", "rb") as file:
    run = tomllib.load(file)
texts = {name: open(name).read() for name in ["config.yaml", "settings.json", "run.toml"]}
read = [config["model"]["width"], settings["epochs"], run["train"]["steps"]]
print(json.dumps({**texts, "read": read}))
`;
