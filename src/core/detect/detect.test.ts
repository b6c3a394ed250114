import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { detectionSchema, type Detection } from '../../shared/domain/detection.ts';
import { detect, type DetectOptions } from './detect.ts';
import { labelledCases } from './labelled/cases.ts';
import { entriesOf, readerOf } from './test-tree.ts';

const detectIn = (files: Record<string, string>, options?: DetectOptions): Promise<Detection> =>
  detect(entriesOf(files), readerOf(files), options);

const inMain = (text: string): Promise<Detection> => detectIn({ 'main.py': text });

it('gives every part with file, line and confidence', async () => {
  const { parameters, entryPoints } = await inMain(
    'import argparse\np = argparse.ArgumentParser()\np.add_argument("--lr", type=float, default=0.1)\np.parse_args()\n',
  );
  expect(entryPoints[0]).toMatchObject({ words: ['python', 'main.py'], file: 'main.py', line: 1 });
  expect(parameters).toEqual([
    {
      name: 'lr',
      type: 'number',
      default: 0.1,
      hasDefault: true,
      required: false,
      choices: null,
      minimum: null,
      maximum: null,
      help: null,
      secret: false,
      target: { kind: 'argument', flag: '--lr', negative: null, style: 'space', multiple: null },
      via: 'argparse',
      evidence: { file: 'main.py', line: 3 },
      confidence: 0.95,
      command: null,
    },
  ]);
});

it.each([
  ['p.add_argument("x", nargs="+")', { style: 'positional', flag: null, multiple: 'words' }],
  ['p.add_argument("-x", "--ex", action="store_true")', { style: 'flag', flag: '--ex' }],
  ['p.add_argument("-v", action="count")', { style: 'flag', flag: '-v', multiple: 'repeat' }],
  ['p.add_argument("--x", action="append")', { style: 'space', multiple: 'repeat' }],
  ['p.add_argument("--x", nargs=2)', { style: 'space', multiple: 'words' }],
  [
    'p.add_argument("--do-it", action=argparse.BooleanOptionalAction)',
    { style: 'negatable-flag', flag: '--do-it', negative: '--no-do-it' },
  ],
])('%s is written in its way', async (line, target) => {
  const text = `import argparse\np = argparse.ArgumentParser()\n${line}\np.parse_args()\n`;
  expect((await inMain(text)).parameters[0]?.target).toMatchObject(target);
});

it('takes limits, choices, help and secrets from where they are said', async () => {
  const { parameters } = await inMain(
    [
      'import click',
      '@click.command()',
      '@click.option("--n", type=click.IntRange(1, 9), help="a\\n  count")',
      '@click.option("--kind", type=click.Choice(["a", "b"]))',
      '@click.option("--api-key")',
      '@click.option("--max-tokens", default=5)',
      'def main(**k): pass',
      'main()',
    ].join('\n'),
  );
  expect(parameters).toMatchObject([
    { name: 'n', minimum: 1, maximum: 9, help: 'a count', secret: false },
    { name: 'kind', choices: ['a', 'b'] },
    { name: 'api_key', secret: true },
    { name: 'max_tokens', secret: false },
  ]);
});

it('finds what is written', async () => {
  const { outputs } = await inMain(
    [
      'import argparse, os, json, torch, wandb',
      'import matplotlib.pyplot as plt',
      'from pathlib import Path',
      'p = argparse.ArgumentParser()',
      'p.add_argument("--out", default="out")',
      'a = p.parse_args()',
      'os.makedirs(a.out, exist_ok=True)',
      'for epoch in range(300): torch.save({}, os.path.join(a.out, f"model_{epoch}.pt"))',
      'plt.savefig("plot.png")',
      'with open("result.json", "w") as f: json.dump({}, f)',
      'open("input.txt")',
      '(Path("logs") / "x.txt").write_text("x")',
      'wandb.log({"loss": 1, "val": {"acc": 2}})',
      'df.to_csv("table.csv")',
      'text.save()',
    ].join('\n'),
  );
  expect(outputs.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'folder {out}',
    'file {out}/model_*.pt',
    'file plot.png',
    'file result.json',
    'file logs/x.txt',
    'metric loss',
    'metric acc',
    'file table.csv',
  ]);
  expect(outputs[1]?.evidence).toEqual({ file: 'main.py', line: 8 });
});

it('offers config files as presets', async () => {
  const files = {
    'main.py': 'print()',
    'configs/fast.yaml': 'lr: 1\nmodel:\n  width: 2\n',
    'config.json': '{"a": 1}',
    'params.toml': 'x = 1\n[y]\nz = 2\n',
    'configs/broken.yaml': 'a: [',
    'package.json': '{}',
    'data/labels.json': '{"a": 1}',
    '.github/config/x.yml': 'a: 1',
  };
  expect((await detectIn(files)).presets).toMatchObject([
    { name: 'config', path: 'config.json', keys: 1 },
    { name: 'params', path: 'params.toml', keys: 2 },
    { name: 'configs/fast', path: 'configs/fast.yaml', keys: 2 },
  ]);
});

it('keeps several jobs of one repository apart, and looks into one of them', async () => {
  const files = {
    'README.md': '',
    'jobs/a/job.py': 'import os\nX = os.environ.get("X", "1")\n',
    'jobs/a/Dockerfile.wandb': 'FROM python\n',
    'jobs/b/main.py': 'print()',
    'jobs/b/requirements.txt': '',
    'tests/c/main.py': '',
    'tests/c/requirements.txt': '',
    'plain/main.py': '',
  };
  const { jobs } = await detectIn(files);
  expect(jobs).toMatchObject([
    {
      folder: 'jobs/a',
      dockerfile: 'jobs/a/Dockerfile.wandb',
      entryPoints: [{ file: 'jobs/a/job.py' }],
    },
    { folder: 'jobs/b', dockerfile: null, evidence: { file: 'jobs/b/requirements.txt', line: 1 } },
  ]);
  const inside = await detectIn(files, { context: 'jobs/a', entryPoint: ['python', 'job.py'] });
  expect(inside.parameters).toMatchObject([
    { name: 'X', evidence: { file: 'jobs/a/job.py', line: 2 } },
  ]);
  expect(inside.jobs).toEqual([]);
});

it('ends when it is cancelled', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  const files = { 'main.py': 'import x' };
  await expect(detect(entriesOf(files), readerOf(files), {}, { signal })).rejects.toThrow('enough');
});

it.each([
  ['nesting', `x = ${'['.repeat(5000)}`],
  ['a chain of calls', `import argparse\np = argparse.ArgumentParser()\np${'.a()'.repeat(20_000)}`],
  ['a long sum', `X = ${'1 + '.repeat(20_000)}1`],
  ['recursion', 'def f(x):\n  return f(f(x))\nf(f)\nclass A(A): pass\nA()\n'],
  ['classes in a circle', 'class A(B): pass\nclass B(A): pass\nB = A\nA().x()\n'],
  ['growing lists', `x = [1]\n${'x = x + x\n'.repeat(60)}`],
  ['growing f-strings', `x = "ab"\n${'x = f"{x}{x}"\n'.repeat(60)}`],
  ['growing spreads', `x = [1]\n${'x = [*x, *x]\n'.repeat(60)}`],
  [
    'many dicts in themselves',
    'import wandb\nd = {}\nfor k in range(30): d[str(k)] = d\nwandb.init(config=d)\nwandb.log(d)\nX = [d, d]\n',
  ],
  ['growing texts', `x = "a"\n${'x = x + x\n'.repeat(60)}`],
  ['growing numbers', `X = 9 ** 9 ** 9 ** 9\nY = 1 << 9 ** 9\nZ = [1] * 9 ** 9\n`],
  [
    'loops in loops',
    `for a in range(60):\n${[1, 2, 3, 4, 5].map((n) => `${' '.repeat(n)}for b in range(60):\n`).join('')}      x = 1\n`,
  ],
  [
    'functions that call twice',
    Array.from({ length: 60 }, (_, n) => `def f${n}():\n  f${n + 1}(); f${n + 1}()\n`).join('') +
      'f0()\n',
  ],
  [
    'a dict in itself',
    'd = {}\nd["d"] = d\nimport wandb\nwandb.init(config=d)\nwandb.log(d)\nX = d\n',
  ],
  ['a list in itself', 'X = [1]\nX.append(X)\n'],
  [
    'odd names',
    'import constructor\nconstructor.__proto__.x()\n__proto__.constructor()\nx.toString().hasOwnProperty()\n',
  ],
  ['groups in a circle', 'import click\n@click.group()\ndef a(): pass\na.add_command(a)\na()\n'],
])('reads hostile code with %s', async (_name, text) => {
  const found = await inMain(text);
  expect(detectionSchema.safeParse(found).success).toBe(true);
  expect(found.notes.filter((note) => note.includes('could not be read'))).toEqual([]);
});

const corpus = labelledCases();

it('never throws for code that is cut, mixed or broken', async () => {
  const piece = fc.constantFrom(
    ...[
      '(',
      ')',
      '[',
      '"""',
      "'",
      '\\',
      '\n',
      ' ',
      ':',
      ',',
      '**',
      '=',
      'f"{',
      '\0',
      '\t',
      'lambda',
      'é',
      '@',
      '#',
    ],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...corpus),
      fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(40), piece), {
        maxLength: 6,
      }),
      async ({ files, entry }, changes) => {
        const mutated = Object.fromEntries(
          Object.entries(files).map(([path, text]) => {
            let result = text;
            for (const [where, cut, insert] of changes) {
              const at = Math.floor(where * result.length);
              result = result.slice(0, at) + insert + result.slice(at + cut);
            }
            return [path, result];
          }),
        );
        const found = await detectIn(mutated, { entryPoint: ['python', entry] });
        expect(detectionSchema.safeParse(found).error).toBeUndefined();
        expect(found.notes.filter((note) => note.includes('could not be read'))).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

it('never throws for any text', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (text) => {
      const found = await detectIn({ 'main.py': text, 'config.yaml': text, 'conf/a.toml': text });
      expect(found.notes).toEqual([]);
    }),
  );
});

it('reads modules that define parameters even when there is too much code beside them', async () => {
  const filler = `x = [${'1, '.repeat(9000)}]\n`;
  const files: Record<string, string> = {
    'main.py': `${Array.from({ length: 12 }, (_, n) => `import a${n}\n`).join('')}import options\noptions.parse()\n`,
    'options.py': 'import deep\ndef parse():\n  deep.parser().parse_args()\n',
    'deep.py':
      'import argparse\ndef parser():\n  p = argparse.ArgumentParser()\n  p.add_argument("--lr")\n  return p\n',
  };
  for (let n = 0; n < 12; n += 1) files[`a${n}.py`] = filler;
  files['options.py'] = `# wandb\n${files['options.py']}`;
  const { parameters, notes } = await detectIn(files);
  expect(parameters.map(({ name }) => name)).toEqual(['lr']);
  expect(notes.join()).toMatch(/modules were not read/);
});

it('offers folders of started scripts too, with less confidence and after the others', async () => {
  const guard = 'import argparse\nif __name__ == "__main__":\n    pass\n';
  const { jobs } = await detectIn({
    'jobs/a/train.py': guard,
    'jobs/b/go.py': 'import argparse\nargparse.ArgumentParser().parse_args()\n',
    'jobs/z/main.py': guard,
    'jobs/z/requirements.txt': '',
    'lib/__init__.py': '',
    'lib/tool.py': guard,
    'notes/one.py': 'print(1)',
    'tests/a/run.py': guard,
  });
  expect(jobs.map(({ folder }) => folder)).toEqual(['jobs/z', 'jobs/a', 'jobs/b']);
  const [own, bare] = jobs.map(({ entryPoints }) => entryPoints[0]?.confidence ?? 0);
  expect(bare).toBeLessThan(own ?? 0);
  expect(jobs[1]).toMatchObject({
    dockerfile: null,
    entryPoints: [{ words: ['python', 'train.py'], file: 'jobs/a/train.py', line: 2 }],
    evidence: { file: 'jobs/a/train.py', line: 2 },
  });
});

it('offers at most 20 folders that nothing but a script speaks for', async () => {
  const script = 'if __name__ == "__main__":\n    pass\n';
  const files = Array.from({ length: 30 }, (_, at) => [`jobs/${at}/main.py`, script] as const);
  expect((await detectIn(Object.fromEntries(files))).jobs).toHaveLength(20);
});
