import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { ErrorData } from '../../../shared/errors.ts';
import type { NewJobSource } from '../../stores/route.ts';
import { useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { detection, jobFolders, makeInspection } from '../../testing/fake-inspection.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import NewJobPage from './new-job-page.tsx';

const ADDRESS = 'https://git.example.com/vision/segment.git';
const REFUSED: ErrorData = {
  code: 'E_GIT_AUTH',
  message: 'A login is needed.',
  next: 'Log in.',
  detail: 'fatal: could not read Username',
};

async function open(source: NewJobSource, prepare?: (fake: FakeBridge) => void) {
  const fake = startWorld(emptyWorld(), prepare);
  render(<NewJobPage route={{ page: 'new-job', source }} />);
  await screen.findByRole('tab', { name: 'Git repository' });
  const sent = (name: string) =>
    fake.calls.filter((call) => call.name === name).map((call) => call.input);
  return { fake, sent };
}

const field = (name: string): HTMLElement => screen.getByRole('textbox', { name });
/** As fast as a person pastes: typing draws the page at each letter. */
async function fill(name: string, text: string): Promise<void> {
  await userEvent.click(screen.getByLabelText(name, { selector: 'input' }));
  await userEvent.paste(text);
}
const press = (name: string): Promise<void> =>
  userEvent.click(screen.getByRole('button', { name }));

describe('a job from a git repository', () => {
  async function look(prepare?: (fake: FakeBridge) => void) {
    const opened = await open('git', prepare);
    await fill('Address', ADDRESS);
    await userEvent.keyboard('{Enter}');
    return opened;
  }

  it('looks at a commit and shows what it rests on', async () => {
    const { sent } = await look();
    expect(await screen.findByText('128 files, 2.4 MB')).toBeVisible();
    expect(sent('inspectSource')).toEqual([
      expect.objectContaining({ source: { kind: 'git', address: ADDRESS } }),
    ]);
    expect(screen.getByText('runtime.txt:1')).toBeVisible();
    const parameters = screen.getByRole('table', { name: 'Parameters' });
    expect(within(parameters).getByRole('row', { name: /learning_rate/ })).toHaveTextContent(
      'number0.0003--lrtrain.py:14',
    );
    expect(within(parameters).getByRole('row', { name: /SEED/ })).toHaveTextContent('guess');
    expect(within(parameters).getByRole('row', { name: /epochs/ })).not.toHaveTextContent('guess');
    expect(screen.getByText('train.py:61 if __name__ == "__main__":')).toBeVisible();
  });

  it('creates what was looked at, with a derived name left to main', async () => {
    const { sent } = await look();
    await screen.findByText('128 files, 2.4 MB');
    expect(field('Job name')).toHaveAttribute('placeholder', 'job-derived');
    await press('Create job');
    await waitFor(() => expect(useUi.getState().history.at.page).toBe('job'));
    const [{ operationId: _, ...request }] = sent('createJob') as [Record<string, unknown>];
    expect(request).toEqual({
      source: { kind: 'git', address: ADDRESS },
      project: 'default',
      entryPoint: 'python train.py',
    });
  });

  it('takes the ref, and creates without a look', async () => {
    const { sent } = await open('git');
    expect(screen.getByRole('button', { name: 'Create job' })).toBeDisabled();
    await fill('Address', ADDRESS);
    await fill('Branch, tag or commit', 'v1.2');
    await fill('Entry point', 'python a.py');
    await press('Create job');
    await waitFor(() =>
      expect(sent('createJob')).toEqual([
        expect.objectContaining({ source: { kind: 'git', address: ADDRESS, ref: 'v1.2' } }),
      ]),
    );
    expect(sent('inspectSource')).toEqual([]);
  });

  it('offers the jobs in sub-folders and fills in what the chosen one needs', async () => {
    const { fake, sent } = await look((bridge) =>
      bridge.answer('inspectSource', ({ context }) =>
        makeInspection(ADDRESS, {
          context: context ?? '',
          // Inside of a sub-folder there are no others.
          detection: { ...detection, jobs: context ? [] : jobFolders },
        }),
      ),
    );
    await userEvent.click(await screen.findByRole('radio', { name: /jobs\/hello_world/ }));
    expect(field('Build context')).toHaveValue('jobs/hello_world');
    expect(field('Dockerfile')).toHaveValue('Dockerfile.wandb');
    expect(field('Entry point')).toHaveValue('python job.py');
    expect(sent('inspectSource').at(-1)).toMatchObject({ context: 'jobs/hello_world' });
    await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
    expect(screen.getByRole('radio', { name: /jobs\/evaluate/ })).toBeVisible();
    await press('Create job');
    await waitFor(() => expect(fake.calls.some(({ name }) => name === 'createJob')).toBe(true));
    expect(sent('createJob')).toEqual([
      expect.objectContaining({
        build: { context: 'jobs/hello_world', dockerfile: 'Dockerfile.wandb' },
      }),
    ]);
  });

  it('shows git’s words, takes a login and tries again', async () => {
    let asked = 0;
    const { sent } = await look((bridge) =>
      bridge.answer('inspectSource', () => {
        asked += 1;
        return asked === 1 ? { ok: false, error: REFUSED } : makeInspection(ADDRESS);
      }),
    );
    expect(await screen.findByText('fatal: could not read Username')).toBeVisible();
    expect(field('Git host')).toHaveValue('git.example.com');
    await fill('User name', 'ada');
    await fill('Password or token', 'token-1');
    await press('Save and try again');
    expect(await screen.findByText('128 files, 2.4 MB')).toBeVisible();
    expect(screen.queryByText('A login is needed.')).toBeNull();
    expect(sent('saveCredentials')).toEqual([
      { kind: 'git', host: 'git.example.com', username: 'ada', password: 'token-1' },
    ]);
  });

  it('does not ask for a password where ssh wants a key', async () => {
    await open('git', (bridge) =>
      bridge.answer('inspectSource', () => ({ ok: false, error: REFUSED })),
    );
    await fill('Address', 'git@git.example.com:vision/segment.git');
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('A login is needed.')).toBeVisible();
    expect(screen.queryByLabelText('Password or token')).toBeNull();
  });

  it.each([
    ['E_GIT_REF_NOT_FOUND', 'Branch, tag or commit'],
    ['E_GIT_HOST', 'Address'],
    ['E_ENTRYPOINT_MISSING', 'Entry point'],
    ['E_CONTEXT_NOT_FOUND', 'Build context'],
  ] as const)('puts %s beside its field', async (code, name) => {
    await look((bridge) =>
      bridge.answer('inspectSource', () => ({ ok: false, error: { code, message: 'No.' } })),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent('No.');
    expect(field(name)).toBeInvalid();
  });

  it('takes a chosen clone as it is, until another address is typed', async () => {
    const { sent } = await open('git');
    await press('Choose a clone…');
    await waitFor(() => expect(field('Address')).toHaveValue('/home/ada/code/hello'));
    expect(field('Branch, tag or commit')).toBeDisabled();
    await press('Look');
    expect(sent('inspectSource')).toEqual([
      expect.objectContaining({
        source: { kind: 'git', address: '/home/ada/code/hello', clone: true },
      }),
    ]);
    await fill('Address', '2');
    expect(field('Branch, tag or commit')).toBeEnabled();
  });

  it('shows how far a fetch is, and cancels it', async () => {
    const { fake } = await look((bridge) =>
      bridge.answer('inspectSource', () => new Promise(() => undefined)),
    );
    const { operationId } = fake.calls.find(({ name }) => name === 'inspectSource')!.input as {
      operationId: string;
    };
    fake.push('operation', { operationId, text: 'Receiving objects', done: 40, total: 80 });
    expect(await screen.findByText('Receiving objects, 40 of 80')).toBeVisible();
    await userEvent.click(screen.getAllByRole('button', { name: 'Cancel' }).at(-1)!);
    expect(fake.calls).toContainEqual({ name: 'cancelOperation', input: { operationId } });
  });
});

describe('a job from an image', () => {
  it('needs the reference alone', async () => {
    const { sent } = await open('image');
    await fill('Image', 'tools/render:1.2');
    await userEvent.keyboard('{Enter}');
    await waitFor(() =>
      expect(sent('createJob')).toEqual([
        {
          operationId: expect.any(String),
          source: { kind: 'image', reference: 'tools/render:1.2' },
          project: 'default',
        },
      ]),
    );
  });

  it('logs in to the registry that asks, and goes on with what was wanted', async () => {
    const { fake, sent } = await open('image', (bridge) =>
      bridge.answer('createJob', () => ({
        ok: false,
        error: { ...REFUSED, code: 'E_REGISTRY_AUTH' },
      })),
    );
    await fill('Image', 'registry.example.com:5000/a/b:1');
    await press('Create and launch');
    expect(await screen.findByRole('textbox', { name: 'Registry' })).toHaveValue(
      'registry.example.com:5000',
    );
    await fill('Password or token', 'x');
    expect(sent('launch')).toEqual([]);
    await press('Save and try again');
    await waitFor(() => expect(sent('createJob')).toHaveLength(2));
    expect(fake.calls.some(({ name }) => name === 'saveCredentials')).toBe(true);
  });
});

describe('the source of a new job', () => {
  it('is chosen by tabs, and a folder is asked for where none was dropped', async () => {
    await open('folder');
    expect(screen.getByRole('heading', { name: 'Drop a folder here' })).toBeVisible();
    await userEvent.click(screen.getByRole('tab', { name: 'Image' }));
    expect(useUi.getState().history.at).toEqual({ page: 'new-job', source: 'image' });
  });
});
