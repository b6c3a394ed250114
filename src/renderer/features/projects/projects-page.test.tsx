import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeProject, makeRun } from '../../testing/fake-data.ts';
import { busyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import ProjectsPage from './projects-page.tsx';

let fake: FakeBridge;
const row = (name: RegExp): HTMLElement => screen.getByRole('row', { name });
const make = (): Promise<void> =>
  userEvent.click(screen.getByRole('button', { name: 'New project' }));
const created = () => fake.calls.filter(({ name }) => name === 'createProject');

beforeEach(async () => {
  const world = busyWorld();
  world.projects.push(makeProject('p3', 'vision', 2, 7));
  const run = makeRun({ id: 'far', name: 'far', state: 'failed', projectId: 'p3' }, world.jobs[0]);
  fake = startWorld(world, (bridge) => {
    bridge.answer('createProject', ({ name }) => makeProject('p9', name));
    bridge.answer('listRuns', ({ projectId }) => (projectId === 'p3' ? [run] : world.runs));
  });
  render(<ProjectsPage />);
  await screen.findByRole('grid', { name: 'Projects' });
});

describe('the projects', () => {
  it('are listed with their counts, last run and what runs in them', async () => {
    expect(row(/^default/)).toHaveTextContent(/on the screen.*3running.*12.*64/);
    expect(row(/^launch-quickstart/)).toHaveTextContent('Never run');
    await waitFor(() => expect(row(/^vision/)).toHaveTextContent('Failed'));
  });

  it('are switched to by opening one', async () => {
    await userEvent.click(row(/^vision/));
    expect(useUi.getState().projectId).toBe('p3');
    expect(useUi.getState().history.at).toEqual({ page: 'jobs' });
  });

  it('are made in place and switched to', async () => {
    await make();
    await userEvent.type(screen.getByLabelText('Name of the new project'), 'speech{Enter}');
    await waitFor(() => expect(useUi.getState().projectId).toBe('p9'));
    expect(created().map(({ input }) => input)).toEqual([{ name: 'speech' }]);
    expect(screen.queryByRole('form', { name: 'New project' })).toBeNull();
  });

  it.each([
    ['my project', 'Use my_project', 'my_project'],
    ['vision', 'Use vision-2', 'vision-2'],
    ['..', 'Use my-project', 'my-project'],
  ])('cannot be called %s, but nearly so', async (typed, offer, name) => {
    await make();
    await userEvent.type(screen.getByLabelText('Name of the new project'), `${typed}{Enter}`);
    expect(screen.getByRole('alert')).toHaveTextContent(name);
    expect(created()).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: offer }));
    expect(screen.getByLabelText('Name of the new project')).toHaveValue(name);
    await userEvent.click(screen.getByRole('button', { name: 'Create project' }));
    await waitFor(() => expect(created()).toHaveLength(1));
  });

  it('are not made when one thinks better of it', async () => {
    await make();
    await userEvent.type(screen.getByLabelText('Name of the new project'), 'x{Escape}');
    expect(screen.queryByRole('form', { name: 'New project' })).toBeNull();
    expect(created()).toEqual([]);
  });
});
