import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './support/cli.ts';

const CODE = `
import argparse, os, sys, time
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.1)
parser.add_argument("--gate")
args = parser.parse_args()
def out(text): os.write(1, text.encode()); time.sleep(0.05)
def err(text): os.write(2, text.encode()); time.sleep(0.05)
out("loading [a.b]\\n")
out("\\r 10%\\r 55%\\r100% of shard 1\\n")
err("\\x1b[33mWarning\\x1b[0m: shard 2 is late\\n")
while args.gate and not os.path.exists(args.gate): time.sleep(0.02)
out(f"step 1 lr={args.lr}\\n")
out("step 2 axb\\n")
out(f"loss={args.lr * 2}\\n")
sys.exit(3 if args.lr > 1 else 0)
`;

const launch = ['launch', '--engine', 'process', '--metric', 'loss={loss}'];

test('a log is printed by streams, patterns and times, and while it grows', async ({
  slipway,
  code,
  folder,
}) => {
  const source = await code({ 'main.py': CODE });
  const gate = join(folder, 'gate');
  const made = ['-u', source, '-J', 'fit', '-E', 'python main.py', '--name', 'slow'];
  const run = slipway.start(...launch, ...made, '--param', `gate=${gate}`);
  await run.printed('is late');
  const logs = (...options: string[]) => slipway.run('run', 'logs', 'slow', ...options);
  const shows = async (options: string[], text: string) =>
    expect([options, (await logs(...options)).stdout]).toEqual([options, text]);
  const says = async (options: string[], text: string) =>
    expect((await logs(...options)).stderr).toContain(text);

  // What goes on is followed to its end, or left by Ctrl-C.
  const found = slipway.start('run', 'logs', 'slow', '-f', '--grep', 'step|late');
  const left = slipway.start('run', 'logs', 'slow', '-f', '--grep', 'late');
  await Promise.all([found.printed('is late'), left.printed('is late')]);
  left.child.kill('SIGINT');
  expect((await left.ended).status).toBe(130);
  await code({ '../gate': '' });
  expect(await found.ended).toMatchObject({
    status: 0,
    stdout: 'Warning: shard 2 is late\nstep 1 lr=0.1\nstep 2 axb\n',
  });
  expect((await run.ended).status).toBe(0);

  // As it was written, each stream where it belongs; or lines as a terminal shows them.
  const whole = await logs();
  expect(whole.stdout).toContain('\r 55%\r100% of shard 1\n');
  expect(whole.stderr).toBe('\x1b[33mWarning\x1b[0m: shard 2 is late\n');
  await Promise.all([
    shows(
      ['--stream', 'out', '--tail', '5'],
      'loading [a.b]\n100% of shard 1\nstep 1 lr=0.1\nstep 2 axb\nloss=0.2\n',
    ),
    shows(['--tail', '5', '--stream', 'err', '--raw'], '\x1b[33mWarning\x1b[0m: shard 2 is late\n'),
    shows(
      ['--grep', '^100%', '-C', '1'],
      'loading [a.b]\n100% of shard 1\nWarning: shard 2 is late\n',
    ),
    shows(['--grep', 'A.B', '-i'], 'loading [a.b]\nstep 2 axb\n'),
    shows(['--grep', 'a.b', '-F'], 'loading [a.b]\n'),
    says(['--grep', '('], 'no regular expression'),
    says(['-F'], '--fixed-strings is for --grep'),
    says(['--since', 'soon'], 'It is a time such as'),
  ]);
  expect((await logs('--grep', 'no such')).status).toBe(1);

  // From and until the time of a line.
  const { lines } = await slipway.json<{ lines: { text: string; at: number }[] }>(
    ...['run', 'logs', 'slow', '--grep', 'step 1'],
  );
  expect(lines.map((line) => line.text)).toEqual(['step 1 lr=0.1']);
  const at = new Date(lines[0]!.at).toISOString();
  const file = join(folder, 'whole.log');
  await Promise.all([
    shows(['--since', at], 'step 1 lr=0.1\nstep 2 axb\nloss=0.2\n'),
    shows(['--until', at, '--tail', '1'], 'Warning: shard 2 is late\n'),
    shows(['--since', at, '--timestamps', '--grep', 'step 1'], `${at} step 1 lr=0.1\n`),
    logs('--save', file),
  ]);
  expect(await readFile(file, 'utf8')).toContain('\r 55%\r100% of shard 1\n');
});

test('runs are listed by conditions, in an order, in groups and in parts', async ({
  slipway,
  code,
}) => {
  const source = await code({ 'main.py': CODE });
  const made = ['-u', source, '-J', 'fit', '-E', 'python main.py', '--name', 'low'];
  await slipway.run(...launch, ...made, '--param', 'lr=0.5');
  await slipway.run(...launch, '-j', 'fit', '--name', 'high', '--param', 'lr=2');
  await slipway.run(...launch, '-j', 'fit', '--name', 'plain');
  await slipway.run('run', 'star', 'high');
  await slipway.run('run', 'tag', 'high', '-t', 'best');
  const namesWith = async (...options: string[]) => {
    const { stdout } = await slipway.run('run', 'list', ...options);
    const rows = stdout.split('\n').filter((row) => /^[a-z0-9]{8} /.test(row));
    return rows.map((row) => row.split(/ +/)[1]);
  };
  const lists = async (options: string[], names: string[]) =>
    expect([options, await namesWith(...options)]).toEqual([options, names]);

  const high = ['--state', 'failed', '--where', 'config.lr>0.5', '--where', 'version=v0'];
  await Promise.all([
    lists([], ['plain', 'high', 'low']),
    lists([...high, '--where', 'tag=best', '--starred'], ['high']),
    lists(['--filter', 'HIG'], ['high']),
    lists(['--where', '!config.lr'], ['plain']),
    lists(['--sort', 'summary.loss:desc'], ['high', 'low', 'plain']),
    lists(['--group', 'state', '--sort', 'name'], ['low', 'plain', 'high']),
  ]);
  const part = await slipway.run('run', 'list', '-n', '1', '--offset', '1');
  expect(part).toMatchObject({ stderr: '1 more run: --offset 2\n' });
  expect(part.stdout).toContain(' high ');

  const { stdout } = await slipway.run(
    ...['run', 'list', '--columns', 'config.lr,summary.loss', '--sort', 'config.lr'],
  );
  const [head, first] = stdout.split('\n');
  expect(head).toMatch(/^ID +NAME +config\.lr +summary\.loss$/);
  expect(first).toMatch(/ low +0\.5 +1$/);

  expect((await slipway.run('run', 'list', '--sort', 'lr')).stderr).toContain(
    'Did you mean: config.lr',
  );
  await slipway.run('run', 'bin', 'low');
  await Promise.all([lists(['--bin'], ['low']), lists([], ['plain', 'high'])]);
});
