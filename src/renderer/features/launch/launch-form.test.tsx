import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { InputField } from '../../../shared/domain/inputs.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { EMPTY_SPEC, type LaunchProblem } from '../../../shared/domain/launch-spec.ts';
import { useUi, type LaunchRequest } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeJob, makeRun, makeVersion } from '../../testing/fake-data.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { dropDraft } from './drafts.ts';
import LaunchDialog from './launch-dialog.tsx';

const own = (value: Json) => ({ default: value, hasDefault: true });

const FIELDS: InputField[] = [
  makeField({ name: 'lr', type: 'number', ...own(0.001), help: 'Peak rate' }),
  makeField({ name: 'data', type: 'path', required: true }),
  makeField({ name: 'mode', type: 'string', ...own('fast'), choices: ['fast', 'slow'] }),
  makeField({ name: 'sizes', type: 'list', items: { type: 'integer', choices: null } }),
  makeField({ name: 'tags', type: 'list', items: { type: 'string', choices: ['a', 'b', 'c'] } }),
  makeField({ name: 'amp', type: 'boolean', ...own(true) }),
  makeField({ name: 'token', type: 'string', secret: true }),
];

/** As main: what must be there, and numbers that are none. */
function problemsOf(values: Record<string, unknown>): LaunchProblem[] {
  const problems: LaunchProblem[] = [];
  if (typeof (values['lr'] ?? 0) !== 'number') {
    const message = `lr: ${JSON.stringify(values['lr'])} is no number.`;
    problems.push({ code: 'E_PARAM_TYPE', path: 'values.lr', message, next: null });
  }
  if (values['data'] === undefined) {
    const message = 'data must be given.';
    problems.push({ code: 'E_PARAM_REQUIRED', path: 'values.data', message, next: null });
  }
  return problems;
}

const job = makeJob({
  id: 'j1',
  name: 'segment',
  sourceKind: 'git',
  folder: null,
  latestVersion: 1,
});
const run = makeRun({ id: 'r1', name: 'amber-comet-1' }, job);

function prepare(bridge: FakeBridge, fields: InputField[]): void {
  bridge.answer('versionInputs', () => ({ fields, presets: [], notes: [] }));
  bridge.answer('planLaunch', ({ spec }) => ({
    delivery: {
      argv: [
        'python',
        'train.py',
        ...Object.entries(spec.values).flatMap(([k, v]) => [`--${k}`, JSON.stringify(v)]),
      ],
      ...{ env: spec.env, secrets: spec.secrets, files: [], config: spec.config },
    },
    ...{ engine: 'docker', environment: 'python:3.11', settings: [], notes: [] },
    problems: problemsOf(spec.values),
  }));
}

async function open(
  request: Partial<LaunchRequest> = {},
  fields = FIELDS,
  more?: (bridge: FakeBridge) => void,
) {
  const versions = [makeVersion(job, 0), makeVersion(job, 1)];
  const fake = startWorld({ ...emptyWorld(), jobs: [job], versions, runs: [run] }, (bridge) => {
    prepare(bridge, fields);
    more?.(bridge);
  });
  await waitFor(() => expect(fake.calls.some(({ name }) => name === 'listRuns')).toBe(true));
  const view = render(<LaunchDialog request={{ jobId: 'j1', ...request }} />);
  await screen.findByRole('region', { name: 'Arguments' });
  const launched = () =>
    fake.calls
      .filter(({ name }) => name === 'launch')
      .map(({ input }) => input as CommandInput<'launch'>);
  const last = (name: string) => fake.calls.findLast((call) => call.name === name)?.input as never;
  return { fake, launched, last, view };
}

const box = (name: string | RegExp) => screen.getByRole('textbox', { name });
const press = (name: string | RegExp) => userEvent.click(screen.getByRole('button', { name }));
const launch = () => press('Launch');

beforeEach(() => dropDraft('j1'));

describe('the launch form', () => {
  it('sends values of their types, and nothing that was left as it is', async () => {
    const { launched } = await open();
    await userEvent.type(box('lr'), '1e-2');
    await userEvent.type(box(/^data/), 'a b');
    await userEvent.click(screen.getByRole('radio', { name: 'slow' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'c' }));
    await userEvent.click(screen.getByRole('checkbox', { name: 'a' }));
    await userEvent.click(screen.getByRole('switch', { name: 'amp' }));
    await launch();
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(launched()[0]?.spec?.values).toEqual({
      ...{ lr: 0.01, data: 'a b', mode: 'slow', tags: ['a', 'c'], amp: false },
    });
    expect(useUi.getState().history.at.page).toBe('run');
  });

  it('resets one input to the code’s own', async () => {
    await open();
    await userEvent.type(box('lr'), '5');
    await press('Reset lr');
    expect(box('lr')).toHaveValue('');
    expect(box('lr')).toHaveAttribute('placeholder', '0.001');
    expect(screen.queryByRole('button', { name: 'Reset lr' })).toBeNull();
  });

  it('shows what main says of a value, and goes to the first problem instead of launching', async () => {
    const { launched } = await open();
    await userEvent.type(box('lr'), 'abc');
    await userEvent.tab();
    expect(
      await screen.findByText('lr: "abc" is no number.', { selector: '[role=alert]' }),
    ).toBeVisible();
    expect(screen.queryByText('data must be given.')).toBeNull();
    await launch();
    expect(await screen.findByText(/^2 things to mend/)).toBeVisible();
    await waitFor(() => expect(box('lr')).toHaveFocus());
    expect(screen.getByText('data must be given.', { selector: '[role=alert]' })).toBeVisible();
    expect(launched()).toEqual([]);
  });

  it('forgets the answer to an older question', async () => {
    let answer: ((text: string) => void) | undefined;
    const { fake } = await open();
    const plan = await fake.commands.planLaunch({ versionId: 'j1-v1', spec: EMPTY_SPEC });
    fake.answer(
      'planLaunch',
      () =>
        new Promise((resolve) => {
          const before = answer;
          answer =
            before ??
            ((text) => {
              if (!plan.ok) return;
              resolve({ ok: true, value: { ...plan.value, environment: text, problems: [] } });
            });
          if (before)
            resolve({
              ok: true,
              value: {
                ...(plan.ok ? plan.value : (undefined as never)),
                environment: 'the newer answer',
                problems: [],
              },
            });
        }),
    );
    await userEvent.type(box('lr'), '1');
    await userEvent.tab();
    await userEvent.type(box(/^data/), 'x');
    await userEvent.tab();
    expect(await screen.findByText(/the newer answer/)).toBeVisible();
    await act(async () => answer?.('the older answer'));
    expect(screen.queryByText(/the older answer/)).toBeNull();
  });

  it('makes rows of what is pasted into a list, and numbers of what is typed', async () => {
    const { last } = await open();
    await press('Add an item to sizes');
    const first = await screen.findByRole('textbox', { name: 'sizes, item 1' });
    await userEvent.click(first);
    await userEvent.paste('64, 32\n');
    await userEvent.type(screen.getByRole('textbox', { name: 'sizes, item 2' }), '{Enter}');
    await userEvent.type(await screen.findByRole('textbox', { name: 'sizes, item 3' }), '1e1');
    await press('Remove item 1');
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({ spec: { values: { sizes: [32, 10] } } }),
    );
  });

  it('keeps a new secret under its name, and never holds its value', async () => {
    const { fake, last } = await open();
    await press('Keep a new secret for token');
    await userEvent.type(screen.getByLabelText('Value'), 'not-to-be-seen');
    await press('Keep it');
    await waitFor(() =>
      expect(last('saveRunSecret')).toEqual({ name: 'TOKEN', value: 'not-to-be-seen' }),
    );
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({ spec: { values: { token: 'run:TOKEN' } } }),
    );
    const others = fake.calls.filter(({ name }) => name !== 'saveRunSecret');
    expect(JSON.stringify(others)).not.toContain('not-to-be-seen');
    expect(document.body.innerHTML).not.toContain('not-to-be-seen');
  });

  it('keeps what was typed when it is closed', async () => {
    const { view } = await open();
    await userEvent.type(box('lr'), '1e-2');
    view.unmount();
    render(<LaunchDialog request={{ jobId: 'j1' }} />);
    expect(await screen.findByText('As you left it')).toBeVisible();
    expect(box('lr')).toHaveValue('1e-2');
    await press('Start over');
    expect(await screen.findByRole('textbox', { name: 'lr' })).toHaveValue('');
  });

  it('shows the same values as text, and goes back with what was changed there', async () => {
    await open();
    await userEvent.type(box('lr'), '2');
    await userEvent.click(screen.getByRole('radio', { name: 'JSON' }));
    const text = await screen.findByRole('textbox', { name: 'Values as JSON' });
    expect(JSON.parse((text as HTMLTextAreaElement).value)).toEqual({ lr: 2 });
    await userEvent.clear(text);
    await userEvent.type(text, '{{"lr": 3, "data": "d"}');
    await userEvent.click(screen.getByRole('radio', { name: 'Form' }));
    expect(await screen.findByRole('textbox', { name: 'lr' })).toHaveValue('3');
    expect(box(/^data/)).toHaveValue('d');
  });

  it('does not launch with a text that is no document, and keeps the text', async () => {
    const { launched } = await open();
    await userEvent.click(screen.getByRole('radio', { name: 'JSON' }));
    const text = await screen.findByRole('textbox', { name: 'Values as JSON' });
    await userEvent.clear(text);
    await userEvent.type(text, 'nothing');
    await launch();
    expect((await screen.findAllByText(/Line 1, column 1/))[0]).toBeVisible();
    expect(launched()).toEqual([]);
    await userEvent.click(screen.getByRole('radio', { name: 'Form' }));
    await userEvent.click(await screen.findByRole('radio', { name: 'YAML' }));
    expect(await screen.findByRole('textbox', { name: 'Values as YAML' })).toHaveValue('nothing');
  });
});

describe('where values come from', () => {
  const fitted = (values: Record<string, never>) => ({
    spec: { ...EMPTY_SPEC, values },
    dropped: [{ name: 'gone', value: 7, why: 'This version has no such input.' }],
    notes: [],
  });

  it('opens with what a run was given, and says what does not fit', async () => {
    const { last } = await open({ fromRunId: 'r1' }, FIELDS, (bridge) =>
      bridge.answer('specFromRun', () => fitted({ lr: 0.5 as never })),
    );
    expect(await screen.findByText('Values of run amber-comet-1')).toBeVisible();
    expect(box('lr')).toHaveValue('0.5');
    expect(last('specFromRun')).toEqual({ runId: 'r1', versionId: 'j1-v1' });
    const list = within(screen.getByRole('list', { name: 'Values that do not fit' }));
    expect(list.getByText('gone = 7')).toBeVisible();
    await press('Drop gone');
    expect(screen.queryByText('gone = 7')).toBeNull();
  });

  it('fits the values to another version, with those that had no place before', async () => {
    const { fake, last } = await open({ fromRunId: 'r1' }, FIELDS, (bridge) =>
      bridge.answer('specFromRun', () => fitted({ lr: 0.5 as never })),
    );
    await screen.findByText('gone = 7');
    fake.answer('fitSpec', ({ spec }) => ({ spec, dropped: [], notes: [] }));
    await press(/Version v1/);
    await userEvent.click(await screen.findByRole('option', { name: /Version v0/ }));
    await waitFor(() =>
      expect(last('fitSpec')).toMatchObject({
        versionId: 'j1-v0',
        spec: { values: { gone: 7, lr: 0.5 } },
      }),
    );
    await waitFor(() => expect(screen.queryByText('gone = 7')).toBeNull());
    expect(box('lr')).toHaveValue('0.5');
  });

  it('saves a preset and starts from it again', async () => {
    const { last } = await open();
    await userEvent.type(box('lr'), '4');
    await press('Start from');
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of a new preset' }), 'paper');
    await press('Save');
    expect(last('savePreset')).toMatchObject({
      jobId: 'j1',
      name: 'paper',
      spec: { values: { lr: 4 } },
    });
    await press(/The code’s own defaults/);
    expect(box('lr')).toHaveValue('');
    await press('Start from');
    await press(/^paper/);
    await waitFor(() => expect(box('lr')).toHaveValue('4'));
    await press('Start from');
    await press('Remove preset paper');
    await waitFor(() => expect(screen.queryByRole('button', { name: /^paper/ })).toBeNull());
  });
});

describe('run settings', () => {
  it('reads sizes and times as people write them, and holds up what it cannot read', async () => {
    const { launched, last } = await open();
    await userEvent.type(box(/^data/), 'd');
    await press(/^Run settings/);
    await userEvent.type(box('Memory'), '4 GiB');
    await userEvent.type(box('Time limit'), 'soon');
    await launch();
    expect(
      await screen.findByText('Write a time such as 90 min, 2 h or 1 h 30 min.', {
        selector: '[role=alert]',
      }),
    ).toBeVisible();
    expect(launched()).toEqual([]);
    await userEvent.clear(box('Time limit'));
    await userEvent.type(box('Time limit'), '90 min');
    await launch();
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(last('launch')).toMatchObject({
      spec: { settings: { memoryBytes: 4 * 1024 ** 3, timeLimitSeconds: 5400 } },
    });
  });

  it('takes variables as rows, and says which is there twice', async () => {
    const { last } = await open();
    await press(/^Run settings/);
    await press('Add variable');
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Name of variable 1' })).toHaveFocus(),
    );
    await userEvent.keyboard('A');
    await userEvent.type(screen.getByRole('textbox', { name: 'Value of A' }), '1');
    await press('Add variable');
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of variable 2' }), 'A');
    expect(screen.getByText('A is there twice.')).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of variable 2' }), 'B');
    expect(screen.queryByText('A is there twice.')).toBeNull();
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({ spec: { env: { A: '1', AB: '' } } }),
    );
  });

  it('launches from anywhere with the keyboard', async () => {
    const { launched } = await open();
    await userEvent.type(box(/^data/), 'd{Control>}{Enter}{/Control}');
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(launched()[0]?.spec?.values).toEqual({ data: 'd' });
  });
});
