import { join } from 'node:path';
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
  folder,
}) => {
  // Goes on until the file is there that it is given.
  const source = await code({ 'run.sh': 'until [ -e "$1" ]; do sleep 0.05; done' });
  const made = ['-u', source, '-J', 'served', '-E', 'sh run.sh'];
  const launch = (name: string, of: string[], until: string) => {
    const queued = ['launch', ...of, '-r', 'process', '-q', '--async', '--name', name];
    return slipway.run(...queued, '--', until);
  };
  expect((await launch('before', made, source)).status).toBe(0);

  const first = slipway.start('serve');
  await first.printed('executing queues; Ctrl-C ends this, and runs go on');
  await first.printed('● before');
  await first.printed('✓ before finished');
  const second = slipway.start('serve', '--json');
  await second.printed('"kind":"serve"');
  const third = slipway.start('serve');
  await third.printed('taking over when that ends');
  third.child.kill('SIGINT');
  const over = (await third.ended).stderr;
  expect(over).toMatch(/no queue was executed here; queues are executed by `slipway serve`/);
  expect(over).not.toContain('any more');

  const { stderr } = await launch('stays', ['-j', 'served'], join(folder, 'gate'));
  expect(stderr).toContain('queues are executed by `slipway serve`');
  await first.printed('● stays');
  const state = async () => (await slipway.json<{ state: string }[]>('run', 'list'))[0]?.state;
  await expect.poll(state).toBe('running');
  first.child.kill('SIGINT');
  const ended = await first.ended;
  expect(ended.status).toBe(0);
  expect(ended.stderr).toContain('1 run goes on without this command');

  await code({ '../gate': '' });
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
