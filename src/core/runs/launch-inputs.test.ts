import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../shared/errors.ts';
import { testFolder } from '../db/testing.ts';
import { FakeEngine } from './testing/fake-engine.ts';
import { testApp } from './testing/test-app.ts';
import { told, until, untilState } from './testing/wait.ts';

const start = () => {
  const fake = new FakeEngine();
  const app = testApp(testFolder(), fake);
  return { fake, app };
};
const never = new Promise<void>(() => undefined);
const secrets = [{ variable: 'HF_TOKEN', secret: 'run:HUB' }];

describe('a launch with inputs', () => {
  it('stores what was asked and what it came to, and delivers that', async () => {
    const { fake, app } = start();
    const { run, identical } = await app.launchWith({
      values: { lr: 0.1 },
      config: { model: { width: 8 } },
      args: ['--fast'],
      env: { A: 'b' },
      settings: { cpus: 2 },
    });
    expect(identical).toBe(false);
    expect(run).toMatchObject({
      entryPoint: ['python', 'main.py', '--lr=0.1', '--fast'],
      config: { lr: 0.1, model: { width: 8 } },
    });
    expect(app.repos.specs.of(run.id)).toMatchObject({
      entryPoint: ['python', 'main.py'],
      spec: { values: { lr: 0.1 } },
      delivery: { argv: ['python', 'main.py', '--lr=0.1', '--fast'], env: { A: 'b' } },
    });
    await app.runs.attended(run.id);
    expect(fake.requests).toMatchObject([
      { argv: run.entryPoint, env: { A: 'b', WANDB_NAME: run.name }, run: { cpus: 2 } },
    ]);
    await app.close();
  });

  it('is told to the W&B SDK, with its macros replaced', async () => {
    const { fake, app } = start();
    app.secretStore.values.set('run:HUB', 'name-of-mine');
    const { run } = await app.launchWith({
      config: { lr: 0.1 },
      env: { OUT: '/out/${run_id}', WANDB_MODE: 'disabled', KEEP: '${HOME}' },
      secrets: [{ variable: 'WANDB_NAME', secret: 'run:HUB' }],
      settings: { labels: { run: '${run_name}' } },
    });
    await app.runs.attended(run.id);
    expect(fake.requests[0]).toMatchObject({ run: { labels: { run: run.name } } });
    expect(fake.requests[0]!.env).toEqual({
      OUT: `/out/${run.id}`,
      WANDB_MODE: 'disabled',
      KEEP: '${HOME}',
      WANDB_LAUNCH: 'True',
      WANDB_CONSOLE: 'off',
      WANDB_CONFIG: '{"lr":0.1}',
      WANDB_ENTITY: 'local',
      WANDB_PROJECT: 'default',
      WANDB_RUN_ID: run.id,
      WANDB_JOB_NAME: 'job',
    });
    await app.close();
  });

  it('that is refused makes no run, and says everything that is wrong', async () => {
    const { app } = start();
    app.problems.push(
      { code: 'E_PARAM_TYPE', path: 'values.lr', message: 'lr is no number.', next: 'Give one.' },
      { code: 'E_ENV_KEY', path: 'env.A B', message: 'No name.', next: null },
      { code: 'E_MOUNT', path: 'settings.mounts', message: 'Not allowed.', next: null },
    );
    await expect(app.launchWith({})).rejects.toMatchObject({
      code: 'E_PARAM_TYPE',
      message: 'lr is no number.',
      next: 'Give one.',
      detail: 'env.A B: No name.\nsettings.mounts: Not allowed.',
    });
    expect(app.repos.runs.list({ limit: 1 })).toEqual([]);
    await app.close();
  });

  it('has a folder for live metrics while it runs, and leaves none behind', async () => {
    const { fake, app } = start();
    fake.gate = never;
    const { run } = await app.launchWith({});
    await untilState(app, run.id, 'running');
    const live = fake.requests[0]!.live!;
    expect(live).toBe(join(app.folder, 'live', `${run.id}-1`));
    expect(statSync(live).mode & 0o777).toBe(0o777);
    expect(statSync(join(app.folder, 'live')).mode & 0o777).toBe(0o700);
    app.runs.stop(run.id);
    await app.runs.attended(run.id);
    expect(existsSync(live)).toBe(false);
    await app.close();
  });

  it('gives a secret to the engine and keeps it out of the database', async () => {
    const { fake, app } = start();
    app.secretStore.values.set('run:HUB', 'hunter2-long');
    const { run } = await app.launchWith({ secrets });
    await app.runs.attended(run.id);
    expect(fake.requests[0]!.secrets).toEqual([{ variable: 'HF_TOKEN', value: 'hunter2-long' }]);
    expect(fake.masks).toEqual([['hunter2-long'], ['hunter2-long']]);
    for (const { name } of app.db.all("SELECT name FROM sqlite_master WHERE type = 'table'") as {
      name: string;
    }[]) {
      expect(JSON.stringify(app.db.all(`SELECT * FROM ${name}`))).not.toContain('hunter2');
    }
    await app.close();
  });

  it('says that a secret of three letters is not masked', async () => {
    const { app } = start();
    app.secretStore.values.set('run:HUB', 'abc');
    const { run } = await app.launchWith({ secrets });
    await app.runs.attended(run.id);
    const note = 'HF_TOKEN is shorter than 4 bytes: it is not masked in the log';
    expect(told(app, run.id)).toContain(note);
    await app.close();
  });

  it.each([
    ['is gone', null, 'There is no secret "HUB" for runs.'],
    ['cannot be read', new AppError('E_SECRET_STORE', 'It is locked.'), 'It is locked.'],
  ])('whose secret %s ends before it starts and says so', async (_what, fault, text) => {
    const { fake, app } = start();
    app.secretStore.fault = fault;
    const { run } = await app.launchWith({ secrets });
    await app.runs.attended(run.id);
    expect(app.runs.get(run.id)).toMatchObject({
      state: 'failed',
      reason: { code: 'start-failed', text },
    });
    expect(fake.starts).toBe(0);
    await app.close();
  });

  it('is followed on by another process with its secrets masked, once the store is open', async () => {
    const { fake, app: first } = start();
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.gate = promise;
    first.secretStore.values.set('run:HUB', 'hunter2-long');
    const { run } = await first.launchWith({ secrets });
    await untilState(first, run.id, 'running');
    await first.close();
    fake.masks = [];
    const second = testApp(first.folder, fake);
    second.secretStore.values.set('run:HUB', 'hunter2-long');
    second.secretStore.fault = new AppError('E_SECRET_STORE', 'It is locked.');
    await second.reconcile('follow');
    resolve();
    await until(() => told(second, run.id).some((text) => text.includes('It is locked.')));
    expect(fake.masks).toEqual([]);
    second.secretStore.fault = null;
    await second.runs.attended(run.id);
    expect(second.runs.get(run.id)).toMatchObject({ state: 'finished', log: { state: 'sealed' } });
    expect(fake.masks.length).toBeGreaterThan(0);
    expect(new Set(fake.masks.flat())).toEqual(new Set(['hunter2-long']));
    await second.close();
  });

  it.each([
    ['removed', null],
    ['exchanged', 'another-one'],
  ])('whose secret was %s since is followed on without storing a byte more', async (_what, now) => {
    const { fake, app: first } = start();
    const { promise, resolve } = Promise.withResolvers<void>();
    fake.gate = promise;
    fake.output = [];
    first.secretStore.values.set('run:HUB', 'hunter2-long');
    const { run } = await first.launchWith({ secrets });
    await untilState(first, run.id, 'running');
    await first.close();
    fake.output = [Buffer.from('hunter2-long\n')];
    const second = testApp(first.folder, fake);
    if (now !== null) second.secretStore.values.set('run:HUB', now);
    await second.reconcile('follow');
    resolve();
    await second.runs.attended(run.id);
    const ended = second.runs.get(run.id);
    expect(ended).toMatchObject({ state: 'finished', log: { state: 'partial' } });
    expect(ended.log.reason).toContain('could not be masked');
    expect(await second.logs.head(run.id)).toMatchObject({ bytes: 0 });
    await second.close();
  });
});

describe('an identical launch', () => {
  const same = { values: { lr: 0.1 }, settings: { skipIdentical: true } };

  it('takes the earlier finished run for it, and starts nothing', async () => {
    const { fake, app } = start();
    const first = await app.launchWith(same);
    await app.runs.attended(first.run.id);
    const second = await app.launchWith({
      ...same,
      settings: { skipIdentical: true, retry: null },
    });
    expect(second).toMatchObject({ identical: true, run: { id: first.run.id } });
    expect(second.notes.at(-1)).toContain('Nothing was started');
    expect(fake.starts).toBe(1);
    await app.close();
  });

  it.each([
    ['another value', { ...same, values: { lr: 0.2 } }],
    ['other limits', { ...same, settings: { skipIdentical: true, cpus: 1 } }],
    ['no wish to skip', { values: { lr: 0.1 } }],
  ])('is another one with %s', async (_what, other) => {
    const { fake, app } = start();
    await app.runs.attended((await app.launchWith(same)).run.id);
    const { identical, run } = await app.launchWith(other);
    expect(identical).toBe(false);
    await app.runs.attended(run.id);
    expect(fake.starts).toBe(2);
    await app.close();
  });

  it('is started when the earlier one failed', async () => {
    const { fake, app } = start();
    fake.exitCode = 1;
    await app.runs.attended((await app.launchWith(same)).run.id);
    expect((await app.launchWith(same)).identical).toBe(false);
    await app.close();
  });
});

describe('a mount', () => {
  it('that may not be used any more when the run begins is refused then', async () => {
    const { fake, app } = start();
    // The planner of these tests lets it pass, as it was allowed when the run was launched.
    const mounts = [{ source: app.folder, target: '/data', readOnly: true }];
    const { run } = await app.launchWith({ settings: { mounts } });
    await app.runs.attended(run.id);
    const { state, reason } = app.repos.runs.get(run.id)!;
    expect({ state, text: reason?.text }).toMatchObject({
      state: 'failed',
      text: expect.stringContaining('cannot be mounted'),
    });
    expect(fake.requests).toEqual([]);
    await app.close();
  });
});

describe('a re-run', () => {
  it('is given the same again, also where a launch would now come to something else', async () => {
    const { app } = start();
    const { run } = await app.launchWith({ values: { lr: 0.1 }, env: { A: '1' } });
    await app.runs.attended(run.id);
    app.db.write(() =>
      app.db.run(
        `UPDATE run_spec SET delivery = json_set(delivery, '$.env.A', 'as it was') WHERE run_id = ?`,
        run.id,
      ),
    );
    const again = await app.runs.rerun(run.id, { signal: new AbortController().signal });
    expect(again.run).toMatchObject({ entryPoint: run.entryPoint, config: { lr: 0.1 } });
    expect(again.run.id).not.toBe(run.id);
    expect(app.repos.specs.of(again.run.id)!.delivery.env).toEqual({ A: 'as it was' });
    await app.runs.attended(again.run.id);
    await app.close();
  });

  it('is refused when it may not use any more what it did', async () => {
    const { app } = start();
    const { run } = await app.launchWith({});
    await app.runs.attended(run.id);
    app.problems.push({ code: 'E_MOUNT', path: 'settings', message: 'Not allowed.', next: null });
    const again = app.runs.rerun(run.id, { signal: new AbortController().signal });
    await expect(again).rejects.toMatchObject({ code: 'E_MOUNT' });
    expect(app.repos.runs.list({ limit: 5 })).toHaveLength(1);
    await app.close();
  });
});
