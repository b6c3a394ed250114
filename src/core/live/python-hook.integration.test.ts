import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pythonProgram } from './testing/python-program.ts';

const valuesOf = (lines: Record<string, unknown>[]) =>
  lines.flatMap(({ step, values }) => (values ? [{ step, values }] : []));

/** The lines of the only process that logged. */
function onlyFile(program: ReturnType<typeof pythonProgram>) {
  const files = Object.values(program.lines());
  expect(files).toHaveLength(1);
  return files[0]!;
}

describe('the hook into the W&B SDK', () => {
  it('writes every number that is logged', async () => {
    const program = pythonProgram(`
import wandb
class Scalar:
    def item(self): return 2.5
class Many:
    def item(self): raise ValueError("can only convert an array of size 1")
run = wandb.init()
run.log({"loss": 1, "a": {"b": {"c": 0.5}}, "t": Scalar(), "m": Many(), "n": float("nan")})
run.log({"i": float("inf"), "j": float("-inf"), "big": 10 ** 400, "none": None, "l": [1]})
run.log({"chart": {"_type": "histogram", "values": [1]}, "x": 3}, step=10)
run.log({"late": 1}, step=2)
run.log({"on": True, "word": "hi"})
assert run.rows[0]["loss"] == 1 and len(run.rows) == 5
`);
    expect(await program.run()).toEqual({ code: 0, signal: null, output: '' });
    const lines = onlyFile(program);
    expect(lines[0]).toMatchObject({ run: 'abc', started: expect.any(Number) });
    expect(valuesOf(lines)).toEqual([
      { step: 0, values: { loss: 1, 'a.b.c': 0.5, t: 2.5, n: 'NaN' } },
      { step: 1, values: { i: 'Infinity', j: '-Infinity', big: 'Infinity' } },
      { step: 10, values: { x: 3 } },
    ]);
    expect(lines).toContainEqual({ summary: { on: true, word: 'hi' } });
  });

  it('writes config and summary when they change', async () => {
    const program = pythonProgram(`
import wandb
run = wandb.init()
run._config.update(lr=0.1, model={"width": float("inf"), "other": object()})
run._config_callback(data={})
run._summary_update_callback(wandb.Record({"best": 3}))
`);
    expect(await program.run()).toMatchObject({ code: 0, output: '' });
    const lines = onlyFile(program);
    const config = { lr: 0.1, model: { width: 'Infinity', other: 'object' } };
    expect(lines.filter((line) => 'config' in line)).toEqual([{ config }]);
    expect(lines).toContainEqual({ summary: { best: 3 } });
  });

  it('has written what a killed program logged', async () => {
    const program = pythonProgram(`
import os, time, wandb
wandb.init().log({"loss": 1})
while not any(os.path.getsize(os.path.join(os.environ["SLIPWAY_LIVE"], f))
              for f in os.listdir(os.environ["SLIPWAY_LIVE"])):
    time.sleep(0.01)
os.kill(os.getpid(), 9)
`);
    expect(await program.run()).toMatchObject({ signal: 'SIGKILL' });
    expect(valuesOf(onlyFile(program))).toEqual([{ step: 0, values: { loss: 1 } }]);
  });

  it('ends a program that is asked to, with what it logged', async () => {
    const program = pythonProgram(`
import atexit, os, signal, wandb
run = wandb.init()
run.log({"loss": 1})
atexit.register(lambda: run.log({"last": 2}))
os.kill(os.getpid(), signal.SIGTERM)
`);
    expect(await program.run()).toMatchObject({ code: 143, signal: null });
    expect(valuesOf(onlyFile(program)).at(0)).toEqual({ step: 0, values: { loss: 1 } });
  });

  it.each([
    [
      'a handler of its own',
      'signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))',
      'import wandb',
    ],
    ['no wandb', '', ''],
  ])('leaves SIGTERM alone where there is %s', async (_name, before, after) => {
    const program = pythonProgram(`
import os, signal, sys
${before}
${after}
os.kill(os.getpid(), signal.SIGTERM)
`);
    const ended = await program.run();
    expect(before ? ended.code : ended.signal).toBe(before ? 7 : 'SIGTERM');
  });

  it('writes a file for each process, also of forked ones', async () => {
    const program = pythonProgram(`
import multiprocessing, os, signal, time, wandb
run = wandb.init()
def work(number):
    run.log({"child": number})
    if number == 1:
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(10)
fork = multiprocessing.get_context("fork")
run.log({"parent": 0})
for number in (1, 2):
    child = fork.Process(target=work, args=(number,))
    child.start()
    child.join()
    assert child.exitcode == (-15 if number == 1 else 0), child.exitcode
`);
    expect(await program.run()).toEqual({ code: 0, signal: null, output: '' });
    const files = Object.values(program.lines());
    expect(files.map((lines) => valuesOf(lines)[0]?.values)).toEqual(
      expect.arrayContaining([{ parent: 0 }, { child: 2 }]),
    );
    expect(new Set(files.map(([head]) => head?.started)).size).toBe(1);
  });

  it('does not disturb what cannot be written', async () => {
    const program = pythonProgram(`
import os, shutil, wandb
shutil.rmtree(os.environ["SLIPWAY_LIVE"])
run = wandb.init()
class Bad(dict):
    def items(self): raise RuntimeError("no")
run.log(Bad(a=1))
run.log({"x" * 1000: 1, 5: 2})
loop = {}
loop["loop"] = loop
run.log(loop)
print("through")
`);
    expect(await program.run()).toEqual({ code: 0, signal: null, output: 'through\n' });
    expect(existsSync(program.live)).toBe(false);
  });

  it('stops at the limit of a file, and says so', async () => {
    const program = pythonProgram(
      `
import slipway_patch, wandb
run = wandb.init()
for i in range(100):
    run.log({"loss": i})
`,
      {
        'slipway_patch.py': `
import os, sys
sys.path.append(os.environ["PYTHONPATH"].split(":")[0])
import slipway_live
slipway_live._FILE_LIMIT = 1000
`,
      },
    );
    expect(await program.run()).toMatchObject({ code: 0, output: '' });
    expect(onlyFile(program).at(-1)).toEqual({ full: true });
  });

  it('goes on with the next file of its name, and starts nothing without a folder', async () => {
    const chained = {
      'lib/sitecustomize.py': 'print("mine", __file__.endswith("lib/sitecustomize.py"))',
    };
    const source = 'import sys; print("_Hook" in str(sys.meta_path)); import wandb';
    const program = pythonProgram(source, chained);
    expect((await program.run()).output).toBe('mine True\nTrue\n');
    expect((await program.run({ SLIPWAY_LIVE: '' })).output).toBe('mine True\nFalse\n');
    const failing = pythonProgram('print(1)', {
      'lib/sitecustomize.py': 'raise ValueError("theirs")',
    });
    expect((await failing.run()).output).toMatch(/theirs[^]*1\n$/);
  });

  it('shows what is logged while the program goes on', async () => {
    const program = pythonProgram(`
import sys, wandb
wandb.init().log({"loss": 1})
sys.stdin.read()
`);
    const child = program.start();
    const seen = () => Object.values(program.lines()).flatMap(valuesOf);
    await expect.poll(seen, { timeout: 30_000 }).toHaveLength(1);
    expect(child.exitCode).toBeNull();
    child.stdin.end();
    await once(child, 'close');
    expect(existsSync(join(program.live, `metrics-${child.pid}.jsonl`))).toBe(true);
  });
});
