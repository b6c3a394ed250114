import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../shared/contract/commands.ts';
import { EMPTY_SPEC, type LaunchSpec } from '../../../shared/domain/launch-spec.ts';
import type { Run } from '../../../shared/domain/run.ts';
import type { RunTab } from '../../stores/route.ts';
import { useEntities } from '../../stores/entities.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { addSweeps } from '../../testing/fake-sweep-data.ts';
import { busyWorld, emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { reasonText } from './reason-text.ts';
import RunPage from './run-page.tsx';
import { settingsInWords } from '../../../shared/domain/settings-in-words.ts';
import { specChanges } from './spec-changes.ts';

type Given = NonNullable<CommandOutput<'runSpec'>>;

const given = (spec: Partial<LaunchSpec>, delivery: Partial<Given['delivery']> = {}): Given => ({
  entryPoint: ['python', 'train.py'],
  spec: { ...EMPTY_SPEC, ...spec },
  delivery: {
    ...{ argv: ['python', 'train.py', '--lr', '0.5'], env: {}, secrets: [], files: [], config: {} },
    ...delivery,
  },
});

async function open(tab: RunTab, runs: Run[], prepare?: (fake: FakeBridge) => void) {
  const fake = startWorld({ ...emptyWorld(), runs }, prepare);
  const route = { page: 'run', runId: runs[0]!.id, tab } as const;
  navigate(route);
  render(<RunPage route={route} />);
  await screen.findByRole('heading', { name: runs[0]!.name });
  return fake;
}

const now = makeRun({ id: 'r2', name: 'now', createdAt: 2000 });
const before = makeRun({ id: 'r1', name: 'before', createdAt: 1000 });

describe('the inputs of a run', () => {
  it('are all that it was given, a secret by its name alone', async () => {
    const secrets = [{ variable: 'TOKEN', secret: 'run:HF' }];
    const all = given(
      { values: { lr: 0.5 }, env: { SEED: '1' } },
      {
        env: { SEED: '1', WANDB_MODE: 'offline' },
        files: [{ path: 'configs/base.yaml', text: 'width: 8' }],
        config: { model: { width: 8 } },
        secrets,
      },
    );
    await open('inputs', [now], (fake) => fake.answer('runSpec', () => all));
    expect(await screen.findByText('python train.py --lr 0.5')).toBeVisible();
    const region = (name: string) => within(screen.getByRole('region', { name }));
    expect(region('Values').getByText('lr')).toBeVisible();
    expect(region('Told to wandb.config').getByText('width')).toBeVisible();
    expect(region('Environment').getByRole('list', { name: 'Given' })).toHaveTextContent('SEED1');
    expect(screen.queryByText('WANDB_MODE')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Added by Slipway/ }));
    expect(screen.getByText('WANDB_MODE')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: /configs\/base.yaml/ }));
    expect(screen.getByText('width: 8')).toBeVisible();
    expect(region('Secrets').getByText('from the secret run:HF')).toBeVisible();
  });

  it('are laid beside those of the run before', async () => {
    const with5 = { ...now, entryPoint: ['python', 'train.py', '--lr', '0.5'] };
    await open('inputs', [with5, before], (fake) =>
      fake.answer('runSpec', ({ runId }) => given({ values: { lr: runId === 'r2' ? 0.5 : 0.1 } })),
    );
    const changes = await screen.findByRole('region', { name: 'Changes' });
    expect(changes).toHaveTextContent('lr0.10.5');
    expect(changes).not.toHaveTextContent('Entry point');
    await userEvent.click(screen.getByRole('button', { name: 'before' }));
    expect(useUi.getState().history.at).toEqual({ page: 'run', runId: 'r1', tab: 'inputs' });
  });

  it.each<[Partial<Run>, RegExp]>([
    [{ engine: null, environment: null }, /another tool started it/],
    [{}, /did not keep them/],
  ])('that are not known say why (%#)', async (change, words) => {
    await open('inputs', [makeRun({ ...now, ...change })]);
    expect(await screen.findByText(words)).toBeVisible();
  });
});

describe('launching again', () => {
  it('is one press, and goes to the new run', async () => {
    const fake = await open('log', [now]);
    await userEvent.click(screen.getByRole('button', { name: 'Launch again' }));
    await waitFor(() =>
      expect(useUi.getState().history.at).toMatchObject({ page: 'run', runId: 'run-new-1' }),
    );
    expect(fake.calls.find(({ name }) => name === 'rerunRun')?.input).toMatchObject({
      runId: 'r2',
    });
  });

  it('with changes opens the form with what this run was given', async () => {
    await open('log', [now]);
    await userEvent.click(screen.getByRole('button', { name: 'Launch with changes…' }));
    expect(useUi.getState().launch).toEqual({ jobId: 'j1', fromRunId: 'r2' });
  });
});

describe('where a run stands', () => {
  it('is a cell of its sweep, with a way there', async () => {
    const world = busyWorld(0);
    addSweeps(world);
    startWorld(world);
    render(<RunPage route={{ page: 'run', runId: 'sweep-1-3', tab: 'log' }} />);
    const link = await screen.findByRole('button', { name: 'rate-and-width, cell 4 of 28' });
    await userEvent.click(link);
    expect(useUi.getState().history.at).toEqual({ page: 'sweep', sweepId: 'sweep-1' });
  });

  it('is a try of several, with a way to the one before', async () => {
    const again = makeRun({ ...now, retryOf: 'r1', tryNumber: 2 });
    const retry = { on: ['failed' as const], times: 3, waitSeconds: 60 };
    const spec = given({ settings: { ...EMPTY_SPEC.settings, retry } });
    await open('log', [again, before], (fake) => fake.answer('runSpec', () => spec));
    expect(await screen.findByText('Try 2 of 4')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Earlier try' }));
    expect(useUi.getState().history.at).toEqual({ page: 'run', runId: 'r1', tab: 'log' });
  });

  it('says as what it was tried again', async () => {
    const again = makeRun({ ...now, retryOf: 'r1', tryNumber: 2 });
    await open('log', [before, again]);
    useEntities.setState({ runs: { [before.id]: before, [again.id]: again } });
    await userEvent.click(await screen.findByRole('button', { name: 'Later try' }));
    expect(useUi.getState().history.at).toEqual({ page: 'run', runId: 'r2', tab: 'log' });
  });

  it.each<[Partial<Run>, RegExp]>([
    [{ notBefore: 95_000 }, /^Waits until .* to try again, 1 min 30 s from now$/],
    [{ notBefore: 1 }, /^Waits to be started$/],
    [{ sweep: { id: 's', cell: 0 } }, /^Waits for its turn in its sweep$/],
  ])('is what a queued run waits for (%#)', (change, words) => {
    const run = makeRun({ id: 'r', name: 'r', state: 'queued', ...change });
    expect(reasonText(run, undefined, 5000)).toMatch(words);
  });
});

describe('the outputs of a run', () => {
  it('are listed with their sizes and what is wrong, and opened', async () => {
    const fake = await open('outputs', [now]);
    const list = await screen.findByRole('list', { name: 'Outputs' });
    expect(list).toHaveTextContent('checkpoints3 files48 MB');
    expect(list).toHaveTextContent('There is no such file.');
    await userEvent.click(screen.getByRole('button', { name: 'Open folder' }));
    expect(fake.calls).toContainEqual({ name: 'openRunOutputs', input: { runId: 'r2' } });
  });

  it('that were not asked for are explained', async () => {
    await open('outputs', [now], (fake) => fake.answer('runOutputs', () => []));
    expect(await screen.findByRole('heading', { name: 'No outputs were kept' })).toBeVisible();
  });
});

describe('settingsInWords', () => {
  it('says nothing of what was left as it is, and all of the rest', () => {
    expect(settingsInWords(EMPTY_SPEC.settings)).toEqual([]);
    const words = settingsInWords({
      ...EMPTY_SPEC.settings,
      memoryBytes: 2 * 1024 ** 3,
      timeLimitSeconds: 5400,
      network: false,
      gpus: 'all',
      mounts: [{ source: '/data', target: '/in', readOnly: true }],
      retry: { on: ['failed', 'crashed'], times: 2, waitSeconds: 30 },
    });
    expect(Object.fromEntries(words.map(({ label, text }) => [label, text]))).toEqual({
      Memory: '2 GiB',
      GPUs: 'all',
      'Time limit': '1 h 30 min',
      Network: 'off: the program reaches nothing but itself',
      Mounts: '/data at /in, read only',
      Retry: 'when it failed or its engine was lost, up to 2 times, 30 s after each',
    });
  });
});

describe('specChanges', () => {
  it('names what was added, changed and left away', () => {
    const run = { versionNumber: 1, entryPoint: ['python', 'a.py'] };
    const old = { ...run, spec: { ...EMPTY_SPEC, values: { lr: 1, depth: 2 }, args: ['-v'] } };
    const next = {
      ...{ ...run, versionNumber: 2 },
      spec: { ...EMPTY_SPEC, values: { lr: 2, depth: 2 }, env: { A: 'b' } },
    };
    expect(specChanges(old, next)).toEqual([
      { name: 'Version', before: 'v1', after: 'v2' },
      { name: 'lr', before: '1', after: '2' },
      { name: '$A', before: null, after: 'b' },
      { name: 'More arguments', before: '-v', after: null },
    ]);
    expect(specChanges(old, old)).toEqual([]);
  });
});
