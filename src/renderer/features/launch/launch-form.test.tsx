import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { EMPTY_SPEC } from '../../../shared/domain/launch-spec.ts';
import { err } from '../../../shared/result.ts';
import { makeField } from '../../testing/fake-inputs.ts';
import { useUi } from '../../stores/ui.ts';
import LaunchDialog from './launch-dialog.tsx';
import { box, FIELDS, launch, open, press } from './testing/open-form.tsx';

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

  it('takes back what was said of another value, until that is answered', async () => {
    const { fake } = await open();
    await userEvent.type(box('lr'), 'abc');
    const said = await screen.findByText('lr: "abc" is no number.', { selector: '[role=alert]' });
    expect(said).toHaveAttribute('aria-busy', 'false');
    fake.answer('planLaunch', () => new Promise(() => undefined));
    await userEvent.clear(box('lr'));
    await userEvent.type(box('lr'), '1');
    expect(said).toHaveAttribute('aria-busy', 'true');
    expect(box('lr')).not.toHaveAttribute('aria-invalid');
    await userEvent.clear(box('lr'));
    await userEvent.type(box('lr'), 'abc');
    expect(said).toHaveAttribute('aria-busy', 'false');
  });

  it('shows no command while the entry point cannot be started', async () => {
    const { fake } = await open();
    expect(await screen.findByText(/^python train\.py/)).toBeVisible();
    const message = 'trian.py is not in the code.';
    fake.answer('planLaunch', () => err({ code: 'E_ENTRYPOINT_MISSING', message }));
    await press(/^Run settings/);
    await userEvent.type(box('Entry point'), 'x');
    expect(await screen.findByText(message, { selector: '[role=alert]' })).toBeVisible();
    expect(screen.getByText('Runs').nextSibling).toHaveTextContent(/^—$/);
    expect(screen.queryByRole('button', { name: 'Copy the command' })).toBeNull();
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

  it('does not say that something is missing which was just given', async () => {
    const { fake } = await open();
    await screen.findByText('python:3.11');
    fake.answer('planLaunch', () => new Promise(() => undefined));
    await userEvent.type(box(/^data/), 'x');
    await userEvent.tab();
    expect(screen.queryByText('data must be given.')).toBeNull();
  });

  it('nor when an answer from before that comes late', async () => {
    const { fake } = await open();
    await screen.findByText('python:3.11');
    const late = await fake.commands.planLaunch({ versionId: 'j1-v1', spec: EMPTY_SPEC });
    let answer: () => void = () => undefined;
    fake.answer('planLaunch', () => new Promise((resolve) => (answer = () => resolve(late))));
    await userEvent.type(box('lr'), '1');
    await userEvent.tab();
    await userEvent.type(box(/^data/), 'x');
    await act(async () => answer());
    await press(/^Run settings/);
    expect(screen.queryByText('data must be given.')).toBeNull();
  });

  it('gives an empty text, which is not the same as nothing', async () => {
    const { last } = await open({}, [...FIELDS, makeField({ name: 'note', type: 'string' })]);
    await press('Give note an empty text');
    expect(box('note')).toHaveAttribute('placeholder', 'empty');
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({ spec: { values: { note: '' } } }),
    );
    await press('Reset note');
    await waitFor(() => expect(last('planLaunch')).toMatchObject({ spec: { values: {} } }));
    expect(screen.queryByRole('button', { name: 'Give lr an empty text' })).toBeNull();
  });

  it('starts the sub-command that is chosen, with nothing set of it', async () => {
    const fields = [
      makeField({ name: 'data', type: 'path' }),
      makeField({ name: 'lr', type: 'number', command: 'train' }),
      makeField({ name: 'split', type: 'string', command: 'eval' }),
    ];
    const { last, launched } = await open({}, fields);
    expect(screen.queryByRole('textbox', { name: 'lr' })).toBeNull();
    await userEvent.click(screen.getByRole('radio', { name: 'train' }));
    await userEvent.type(await screen.findByRole('textbox', { name: 'lr' }), '2');
    await userEvent.click(screen.getByRole('radio', { name: 'eval' }));
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({ entryPoint: 'python train.py --epochs 20 eval' }),
    );
    await userEvent.click(screen.getByRole('radio', { name: 'None' }));
    await waitFor(() => expect(last('planLaunch')).not.toHaveProperty('entryPoint'));
    await userEvent.click(screen.getByRole('radio', { name: 'train' }));
    await userEvent.type(box('data'), 'd{Control>}{Enter}{/Control}');
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(launched()[0]).toMatchObject({
      entryPoint: 'python train.py --epochs 20 train',
      spec: { values: { lr: 2, data: 'd' } },
    });
  });

  it('starts a sweep with the same keys, once its cells are known, and no launch', async () => {
    const { last, launched } = await open();
    await userEvent.type(box('lr'), '2');
    await press('Sweep over mode');
    await waitFor(() =>
      expect(screen.getByRole('button', { name: /^Start \d+ run/ })).toBeEnabled(),
    );
    await userEvent.type(box('lr'), '{Control>}{Enter}{/Control}');
    await waitFor(() => expect(last('startSweep')).toMatchObject({ spec: { values: { lr: 2 } } }));
    expect(launched()).toEqual([]);
  });

  it('shows the first cell of a sweep, as no other launch', async () => {
    const { last } = await open({}, FIELDS, (bridge) =>
      bridge.answer('runSpec', () => ({
        ...{ entryPoint: ['python', 'train.py'], spec: EMPTY_SPEC },
        delivery: { argv: [], env: {}, secrets: [], files: [], config: {} },
      })),
    );
    await press(/^Run settings/);
    await userEvent.click(screen.getByRole('switch', { name: 'Skip identical' }));
    expect(await screen.findByRole('region', { name: /^Difference to/ })).toBeVisible();
    await press('Sweep over mode');
    const runs = (await screen.findByText('Cell 1 of 2 runs')).nextSibling;
    await waitFor(() => expect(runs).toHaveTextContent(/--mode \W*fast/));
    expect(last('planLaunch')).toMatchObject({
      spec: { values: { mode: 'fast' }, settings: { skipIdentical: false } },
    });
    expect(screen.queryByRole('region', { name: /^Difference to/ })).toBeNull();
    expect(screen.getByText('Of the first cell of the sweep:')).toBeVisible();
    await press('One value for mode');
    await waitFor(() => expect(last('planLaunch')).toMatchObject({ spec: { values: {} } }));
    expect(screen.getByText('Runs')).toBeVisible();
  });

  it('says that the items of a list are instead of those of the code', async () => {
    const fields = [
      ...FIELDS,
      makeField({ name: 'dims', type: 'list', default: [64, 64], hasDefault: true }),
    ];
    const { last } = await open({}, fields);
    expect(screen.getByText('[64,64]')).toBeVisible();
    await press('Add an item to dims');
    await userEvent.type(await screen.findByRole('textbox', { name: 'dims, item 1' }), '8');
    expect(screen.getByText('instead of [64,64]')).toBeVisible();
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({ spec: { values: { dims: [8] } } }),
    );
    await press('Remove item 1');
    expect(screen.getByText('[64,64]')).toBeVisible();
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
