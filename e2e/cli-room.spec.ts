import { expect, test } from './support/cli.ts';

test('what takes room is shown, and freed when that is agreed to', async ({ slipway, code }) => {
  const folder = await code({ 'run.sh': 'echo hello', 'big.txt': 'x'.repeat(100_000) });
  const made = ['job', 'create', 'code', folder, '-n', 'gone', '-E', 'sh run.sh'];
  expect((await slipway.run(...made)).status).toBe(0);
  expect((await slipway.run('doctor')).stdout).toMatch(/Room on the disk.*not measured yet/);
  const shown = await slipway.run('gc', '--dry-run');
  expect((await slipway.run('doctor')).stdout).toMatch(/Room on the disk.*taken/);
  expect(shown.stdout).toContain('Code of versions');
  expect(shown.stdout).toMatch(/^gone /m);

  expect((await slipway.run('job', 'bin', 'gone')).status).toBe(0);
  expect((await slipway.run('bin', 'empty', '--yes')).status).toBe(0);
  const refused = await slipway.run('gc', '--kind', 'snapshots');
  expect(refused.status).not.toBe(0);
  expect(refused.stderr).toContain('--yes');
  const freed = await slipway.run('gc', '--kind', 'snapshots', '--yes');
  expect(freed.stdout).toMatch(/^Freed \d/m);
  const again = await slipway.run('--json', 'gc', '--kind', 'snapshots', '--yes');
  expect(JSON.parse(again.stdout)).toMatchObject({ freed: 0, problems: [] });

  const set = await slipway.run('settings', 'set', 'room-budget', '20GB');
  expect(set.stdout).toContain('20 GB');
  expect((await slipway.run('settings', 'set', 'room-budget', 'much')).stderr).toContain('20GB');
});
