import { expect, test } from './support/cli.ts';

const CODE = `
import argparse, json, os
parser = argparse.ArgumentParser()
parser.add_argument("--a", default="code")
parser.add_argument("--b", default="code")
parser.add_argument("--c", default="code")
args = vars(parser.parse_args())
print(json.dumps([*args.values(), os.environ.get("V"), os.environ.get("W"), os.environ.get("X")]))
`;

test('a value is taken from the last place that gives it', async ({ slipway, code }) => {
  const folder = await code({ 'main.py': CODE });
  const create = ['job', 'create', 'code', folder, '-n', 'order', '-E', 'python main.py'];
  expect((await slipway.run(...create)).status).toBe(0);
  const launch = async (...args: string[]): Promise<unknown> => {
    const { status, stdout, stderr } = await slipway.run(
      'launch',
      '-j',
      'order',
      '-r',
      'process',
      ...args,
    );
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout);
  };
  const preset = ['--param', 'a=preset', '--param', 'b=preset', '--param', 'c=preset'];
  const kept = ['--env', 'V=preset', '--env', 'W=preset', '--env', 'X=preset'];
  expect((await slipway.run('preset', 'save', 'order', 'saved', ...preset, ...kept)).status).toBe(
    0,
  );
  expect(await launch()).toEqual(['code', 'code', 'code', null, null, null]);
  expect(await launch('--preset', 'saved')).toEqual([
    ...['preset', 'preset', 'preset', 'preset', 'preset', 'preset'],
  ]);
  const earlier = ['--name', 'earlier', '--param', 'b=run', '--env', 'V=run', '--env', 'W=run'];
  expect(await launch(...earlier)).toEqual(['code', 'run', 'code', 'run', 'run', null]);
  const both = ['--preset', 'saved', '--from-run', 'earlier'];
  expect(await launch(...both)).toEqual(['preset', 'run', 'preset', 'run', 'run', 'preset']);
  const config = ['-c', '{"resource_args": {"local-container": {"env": ["V=config"]}}}'];
  expect(await launch(...both, ...config)).toEqual([
    ...['preset', 'run', 'preset', 'config', 'run', 'preset'],
  ]);
  const args = ['-R', '{"env": ["V=args"]}', '--param', 'c=line', '--env', 'X=line'];
  expect(await launch(...both, ...config, ...args)).toEqual([
    ...['preset', 'run', 'line', 'args', 'run', 'line'],
  ]);
  const { stdout } = await slipway.run(
    ...['launch', '-j', 'order', '--dry-run', ...both, ...config, ...args],
  );
  expect(stdout).toContain('V=args  (-R)');
  expect(stdout).toContain('W=run  (the run earlier)');
  expect(stdout).toContain('X=line  (the command line)');
  expect((await slipway.run('launch', '--help')).stdout).toContain(
    '--preset, --from-run, -c (and -R)',
  );
});

test('a run is done again as it was, and one of a value that no longer fits says so', async ({
  slipway,
  code,
}) => {
  const folder = await code({ 'main.py': CODE });
  const uri = ['launch', '-u', folder, '-J', 'order', '-r', 'process', '-E', 'python main.py'];
  const first = await slipway.run(...uri, '--name', 'one', '--param', 'a=given', '--env', 'V=x');
  expect(first.status).toBe(0);
  expect(await slipway.run('run', 'rerun', 'one')).toMatchObject({
    status: 0,
    stdout: first.stdout,
  });
  expect((await slipway.run('run', 'spec', 'one')).stdout).toContain('a=given');
  const without = await code({
    'main.py': CODE.replace('parser.add_argument("--a", default="code")', ''),
  });
  const changed = ['launch', '-u', without, '-J', 'order', '-r', 'process', '-E', 'python main.py'];
  const fitted = await slipway.run(...changed, '--from-run', 'one');
  expect(fitted).toMatchObject({ status: 0, stdout: '["code", "code", "x", null, null]\n' });
  expect(fitted.stderr).toContain('left out of the run one: a="given"');
  const skipped = await slipway.run(
    ...uri,
    '--param',
    'a=given',
    '--env',
    'V=x',
    '--skip-identical',
  );
  expect(skipped).toMatchObject({ status: 0, stdout: '' });
  expect(skipped.stderr).toContain('Nothing was started');
});
