import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { NewJobRoute } from '../../stores/route.ts';
import { navigate, openFolders, replaceRoute, useUi } from '../../stores/ui.ts';
import { makeJob } from '../../testing/fake-data.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import NewJobPage from './new-job-page.tsx';

const FOLDER = '/home/ada/code/hello';

/** The page as the window draws it: where it goes, it is drawn for. */
function Here() {
  const { at } = useUi((ui) => ui.history);
  return at.page === 'new-job' && <NewJobPage route={at} />;
}

async function open(world = emptyWorld(), more: Partial<NewJobRoute> = {}) {
  const fake = startWorld(world);
  replaceRoute({ page: 'new-job', source: 'folder', folder: FOLDER, ...more });
  render(<Here />);
  await screen.findByRole('form', { name: 'New job' });
  const sent = (name: string) =>
    fake.calls.filter((call) => call.name === name).map((c) => c.input);
  return { fake, sent };
}

const field = (name: string): HTMLElement => screen.getByRole('textbox', { name });

describe('NewJobPage', () => {
  it('shows what goes in, what stays out and by which rule', async () => {
    await open();
    expect(screen.getByText('42 files, 1.3 MB')).toBeVisible();
    expect(screen.getByText('train.py')).toBeVisible();
    expect(screen.getByText('.gitignore:4 checkpoints/')).toBeVisible();
    expect(screen.getByText('2 files look like secrets and are left out')).toBeVisible();
  });

  it('creates the job as it was suggested and goes to its page', async () => {
    const { sent } = await open();
    await userEvent.click(screen.getByRole('button', { name: 'Create job' }));
    await waitFor(() => expect(useUi.getState().history.at.page).toBe('job'));
    expect(sent('createJob')).toEqual([
      {
        operationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        source: { kind: 'folder', folder: FOLDER, includeSecrets: [] },
        name: 'job-hello',
        project: 'default',
        entryPoint: 'python train.py',
      },
    ]);
  });

  it('creates and launches the version that was made', async () => {
    const { sent } = await open();
    await userEvent.click(screen.getByRole('button', { name: 'Create and launch' }));
    await waitFor(() => expect(useUi.getState().history.at.page).toBe('run'));
    expect(sent('launch')).toEqual([expect.objectContaining({ jobId: 'j1', versionId: 'j1-v0' })]);
  });

  it('offers the entry points that were found, and takes any other', async () => {
    const { sent } = await open();
    expect(screen.getByRole('radio', { name: /python train.py/ })).toBeChecked();
    await userEvent.click(screen.getByRole('radio', { name: /bash run.sh/ }));
    expect(field('Entry point')).toHaveValue('bash run.sh');
    await userEvent.clear(field('Entry point'));
    await userEvent.type(field('Entry point'), 'python -m models{Enter}');
    await waitFor(() =>
      expect(sent('createJob')).toEqual([
        expect.objectContaining({ entryPoint: 'python -m models' }),
      ]),
    );
  });

  it('refuses a bad name before anything is sent, and offers a good one', async () => {
    const { sent } = await open();
    await userEvent.clear(field('Job name'));
    await userEvent.type(field('Job name'), 'my job');
    await userEvent.click(screen.getByRole('button', { name: 'Create job' }));
    expect(screen.getByRole('alert')).toHaveTextContent('"my job" cannot be a job name.');
    expect(field('Job name')).toBeInvalid();
    expect(sent('createJob')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Use my_job' }));
    expect(field('Job name')).toHaveValue('my_job');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('puts an error of main beside its field', async () => {
    const { fake } = await open();
    fake.answer('createJob', () => ({
      ok: false,
      error: { code: 'E_ENTRYPOINT_PARSE', message: 'A quote is not closed.', next: 'Close it.' },
    }));
    await userEvent.click(screen.getByRole('button', { name: 'Create job' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('A quote is not closed. Close it.');
    expect(field('Entry point')).toBeInvalid();
    expect(useUi.getState().history.at.page).toBe('new-job');
  });

  it('includes one secret when asked to, and says so', async () => {
    const { sent } = await open();
    await userEvent.click(screen.getByRole('button', { name: 'Include .env' }));
    expect(await screen.findByText('43 files, 1.3 MB')).toBeVisible();
    expect(screen.getByText('1 file looks like a secret and is left out')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Create job' }));
    await waitFor(() =>
      expect(sent('createJob')).toEqual([
        expect.objectContaining({
          source: expect.objectContaining({ includeSecrets: ['.env'] }),
        }),
      ]),
    );
  });

  it('says when the name is that of a job, which then gets a version', async () => {
    await open({
      ...emptyWorld(),
      jobs: [makeJob({ id: 'j9', name: 'job-hello', latestVersion: 4 })],
    });
    expect(screen.getByText('Becomes v5 of job-hello, if anything changed')).toBeVisible();
  });

  it('shows what is being done while the folder is read, and cancels it', async () => {
    const fake = startWorld(emptyWorld());
    fake.answer('previewFolder', () => new Promise(() => undefined));
    render(<NewJobPage route={{ page: 'new-job', source: 'folder', folder: FOLDER }} />);
    const bar = await screen.findByRole('progressbar', { name: `Looking through ${FOLDER}` });
    const request = fake.calls.find(({ name }) => name === 'previewFolder');
    const { operationId } = request!.input as { operationId: string };
    fake.push('operation', { operationId, text: 'Reading train.py', done: 30, total: 40 });
    expect(await screen.findByText('Reading train.py, 30 of 40')).toBeVisible();
    expect(bar).toHaveAttribute('aria-valuenow', '75');
    await userEvent.click(screen.getAllByRole('button', { name: 'Cancel' }).at(-1)!);
    expect(fake.calls).toContainEqual({ name: 'cancelOperation', input: { operationId } });
  });

  it('takes folders that were dropped together one after the other', async () => {
    useUi.setState({
      waiting: [{ page: 'new-job', source: 'folder', folder: '/home/ada/code/second' }],
    });
    await open();
    expect(screen.getByText('1 more waiting')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Skip' }));
    expect(useUi.getState().history.at).toEqual({
      page: 'new-job',
      source: 'folder',
      folder: '/home/ada/code/second',
    });
    expect(useUi.getState().waiting).toEqual([]);
  });

  it.each([
    ['/home/ada/code', 'New job from code/'],
    ['/', 'New job from /'],
  ])('names the folder %s in its title', async (folder, title) => {
    startWorld(emptyWorld());
    render(<NewJobPage route={{ page: 'new-job', source: 'folder', folder }} />);
    expect(await screen.findByRole('heading', { name: title })).toBeVisible();
  });

  it('lets go of folders that waited once the page was left', () => {
    openFolders(['/a', '/b', '/c']);
    openFolders(['/d']);
    expect(useUi.getState().waiting).toMatchObject([{ folder: '/b' }, { folder: '/c' }]);
    navigate({ page: 'jobs' });
    openFolders(['/e', '/f']);
    expect(useUi.getState().waiting).toMatchObject([{ folder: '/f' }]);
  });

  it('keeps what was typed while another source is looked at', async () => {
    await open();
    const tab = (name: string) => userEvent.click(screen.getByRole('tab', { name }));
    await userEvent.clear(field('Entry point'));
    await userEvent.type(field('Entry point'), 'python mine.py');
    await tab('Git repository');
    await userEvent.type(field('Address'), 'https://git.example.com/a');
    await tab('Image');
    await userEvent.type(field('Image'), 'team/tool:1');
    await tab('Git repository');
    expect(field('Address')).toHaveValue('https://git.example.com/a');
    await tab('Image');
    expect(field('Image')).toHaveValue('team/tool:1');
    await tab('Folder');
    expect(await screen.findByRole('textbox', { name: 'Entry point' })).toHaveValue(
      'python mine.py',
    );
  });

  it('makes a new version of the job that a folder was dropped on', async () => {
    const job = makeJob({ id: 'j7', name: 'render', projectName: 'figures' });
    const { sent } = await open({ ...emptyWorld(), jobs: [job] }, { jobId: 'j7' });
    expect(screen.getByRole('heading', { name: 'New version of render' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Create version' }));
    await waitFor(() => expect(sent('createJob')).toHaveLength(1));
    expect(sent('createJob')[0]).toMatchObject({ name: 'render', project: 'figures' });
  });

  it('leads from a folder with code to the runs that it holds as well', async () => {
    const { sent } = await open(emptyWorld(), { runs: 3 });
    expect(screen.getByText('It also holds 3 tracked runs')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Import them' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Import 3 runs' }));
    await waitFor(() =>
      expect(sent('importRuns')).toEqual([expect.objectContaining({ folder: FOLDER })]),
    );
  });
});
