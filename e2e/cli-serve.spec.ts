import { expect, test } from './support/cli.ts';

interface Event {
  event: string;
  executor?: { kind: string | null; here: boolean };
  run?: { name: string; state: string };
}

const eventsOf = (stdout: string): Event[] =>
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event);

test('queues are executed without a window, by one process at a time', async ({
  slipway,
  code,
}) => {
  const folder = await code({ 'run.sh': 'sleep "$1"' });
  const made = ['job', 'create', 'code', folder, '-n', 'served', '-E', 'sh run.sh'];
  expect((await slipway.run(...made)).status).toBe(0);
  const launch = (name: string, seconds: string) =>
    slipway.run(
      'launch',
      '-j',
      'served',
      '-r',
      'process',
      '-q',
      '--async',
      '--name',
      name,
      '--',
      seconds,
    );
  await launch('before', '0');

  const first = slipway.start('serve');
  await first.printed('executing queues; Ctrl-C ends this, and runs go on');
  await first.printed('● before');
  await first.printed('✓ before finished');
  const second = slipway.start('serve', '--json');
  await second.printed('"kind":"serve"');

  expect((await launch('stays', '3')).stderr).toContain('queues are executed by `slipway serve`');
  await first.printed('● stays');
  const state = async () => (await slipway.json<{ state: string }[]>('run', 'list'))[0]?.state;
  await expect.poll(state).toBe('running');
  first.child.kill('SIGINT');
  const ended = await first.ended;
  expect(ended.status).toBe(0);
  expect(ended.stderr).toContain('1 run goes on without this command');

  await second.printed('"event":"run-ended"');
  second.child.kill('SIGTERM');
  const { status, stdout } = await second.ended;
  const events = eventsOf(stdout);
  expect(status).toBe(0);
  expect(events[0]).toMatchObject({ event: 'executor', executor: { kind: 'serve', here: false } });
  expect(events).toContainEqual(
    expect.objectContaining({ executor: expect.objectContaining({ here: true }) }),
  );
  expect(events.filter(({ run }) => run).map(({ event, run }) => `${event} ${run!.name}`)).toEqual([
    'run-started stays',
    'run-ended stays',
  ]);
  expect(events.at(-1)).toEqual({ event: 'ended' });
});
