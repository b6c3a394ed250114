import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
// Warm: it is read when the menu is opened.
import '../features/jobs/new-job-list.tsx';
import { Notices } from '../features/frame/notices.tsx';
import { JobsPage } from '../features/jobs/jobs-page.tsx';
import { useUi } from '../stores/ui.ts';
import { busyWorld } from '../testing/fake-world.ts';
import { startWorld } from '../testing/setup.ts';

async function openMenu(prepare?: Parameters<typeof startWorld>[1]) {
  const fake = startWorld(busyWorld(), prepare);
  render(
    <>
      <JobsPage />
      <Notices />
    </>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'More ways to make a job' }));
  await screen.findByRole('menuitem', { name: /job file/ });
  return fake;
}

const pick = (name: RegExp): Promise<void> =>
  userEvent.click(screen.getByRole('menuitem', { name }));

describe('the ways to make a job', () => {
  it.each([
    [/git repository/, 'git'],
    [/an image/, 'image'],
    [/tracked runs/, 'tracked'],
  ])('%s', async (name, source) => {
    await openMenu();
    await pick(name);
    expect(useUi.getState().history.at).toEqual({ page: 'new-job', source });
  });

  it('imports a job file into the project and goes to the job', async () => {
    const fake = await openMenu((bridge) =>
      bridge.answer('importJob', () => ({ job: bridge.world.jobs[2]!, notes: ['v1 was known'] })),
    );
    await pick(/job file/);
    await waitFor(() => expect(useUi.getState().history.at).toMatchObject({ jobId: 'j3' }));
    expect(screen.getByText('v1 was known')).toBeVisible();
    expect(fake.calls.find(({ name }) => name === 'importJob')?.input).toMatchObject({
      project: 'default',
    });
  });

  it('shows how far a long import is, and cancels it', async () => {
    const fake = await openMenu((bridge) =>
      bridge.answer('importJob', () => new Promise(() => undefined)),
    );
    await pick(/job file/);
    expect(screen.queryByRole('progressbar')).toBeNull();
    const { operationId } = fake.calls.at(-1)!.input as { operationId: string };
    fake.push('operation', { operationId, text: 'Reading files', done: 1, total: 4 });
    expect(await screen.findByRole('progressbar', { name: 'Importing a job file' })).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(fake.calls.at(-1)).toEqual({ name: 'cancelOperation', input: { operationId } });
  });

  it('says nothing when the dialog was cancelled', async () => {
    await openMenu((bridge) => bridge.answer('importJob', () => null));
    await pick(/job file/);
    await waitFor(() => expect(useUi.getState().notices).toEqual([]));
    expect(useUi.getState().history.at).toEqual({ page: 'jobs' });
  });
});
