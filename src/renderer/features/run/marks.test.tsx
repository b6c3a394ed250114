import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../commands/registry.ts';
import type { Run } from '../../../shared/domain/run.ts';
import { useEntities } from '../../stores/entities.ts';
import type { RunTab } from '../../stores/route.ts';
import { endEditing } from '../../stores/run-editing.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeRun } from '../../testing/fake-data.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import RunPage from './run-page.tsx';

function Page() {
  const at = useUi((ui) => ui.history.at);
  return at.page === 'run' ? <RunPage route={at} /> : <p>left</p>;
}

async function openAt(
  tab: RunTab,
  change: Partial<Run> = {},
  prepare?: (fake: FakeBridge) => void,
) {
  endEditing();
  const run = makeRun({ id: 'r2', name: 'brisk-ember-2', createdAt: 2000, ...change });
  const before = makeRun({ id: 'r1', name: 'amber-comet-1', createdAt: 1000, tags: ['night'] });
  const fake = startWorld({ ...emptyWorld(), runs: [run, before] }, prepare);
  navigate({ page: 'run', runId: 'r2', tab });
  render(<Page />);
  await screen.findByText(run.name);
  return fake;
}

/** Where little else is drawn. */
const open = openAt.bind(null, 'outputs');

const marked = (fake: FakeBridge): unknown[] =>
  fake.calls
    .filter(({ name }) => name === 'markRuns')
    .map(({ input }) => (input as { marks: unknown }).marks);

const tags = (): string[] =>
  screen
    .queryAllByTitle('Remove')
    .map((button) => button.getAttribute('aria-label')!.replace('Remove tag ', ''));

describe('the name of a run', () => {
  it('is edited where it stands; Enter keeps it, Esc does not', async () => {
    const fake = await open();
    COMMANDS.renameRun.run();
    const field = await screen.findByLabelText('Name of the run');
    expect(field).toHaveFocus();
    await userEvent.paste('best so far');
    await userEvent.keyboard('{Enter}');
    expect(await screen.findByText('best so far')).toBeVisible();
    COMMANDS.renameRun.run();
    await screen.findByLabelText('Name of the run');
    await userEvent.paste('another');
    await userEvent.keyboard('{Escape}');
    expect(await screen.findByText('best so far')).toBeVisible();
    expect(marked(fake)).toEqual([{ name: 'best so far' }]);
  });

  it('that is refused stays in the field with the reason', async () => {
    const error = { code: 'E_INVALID', message: 'The name is too long.' } as never;
    await open({}, (fake) => fake.answer('markRuns', () => ({ ok: false, error })));
    COMMANDS.renameRun.run();
    await screen.findByLabelText('Name of the run');
    await userEvent.keyboard('x{Enter}');
    expect(await screen.findByRole('alert')).toHaveTextContent('The name is too long.');
    expect(screen.getByLabelText('Name of the run')).toHaveValue('x');
  });
});

describe('the tags of a run', () => {
  it('are added one after the other and removed, by keyboard alone', async () => {
    const fake = await open();
    COMMANDS.tagRun.run();
    await screen.findByLabelText('New tag');
    await userEvent.paste('baseline');
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(tags()).toEqual(['baseline']));
    await userEvent.paste('to keep');
    await userEvent.keyboard(',');
    await waitFor(() => expect(tags()).toEqual(['baseline', 'to keep']));
    await userEvent.keyboard('{Backspace}');
    await waitFor(() => expect(tags()).toEqual(['baseline']));
    await userEvent.keyboard('{Escape}');
    screen.getByLabelText('Remove tag baseline').focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(screen.queryByLabelText('Tags')).toBeNull());
    expect(marked(fake)).toEqual([
      { addTags: ['baseline'] },
      { addTags: ['to keep'] },
      { removeTags: ['to keep'] },
      { removeTags: ['baseline'] },
    ]);
  });
});

describe('the notes of a run', () => {
  it('are kept when the field is left', async () => {
    const fake = await openAt('overview');
    await userEvent.click(screen.getByRole('button', { name: 'Edit notes' }));
    await userEvent.paste('The large batch\ndiverged.');
    await userEvent.tab();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'Edit notes' })).toHaveTextContent(
        'The large batch diverged.',
      ),
    );
    expect(marked(fake)).toEqual([{ notes: 'The large batch\ndiverged.' }]);
  });
});

describe('a star', () => {
  it('is put on and taken off', async () => {
    await open();
    await userEvent.click(screen.getByRole('button', { name: 'Star brisk-ember-2' }));
    const starred = await screen.findByRole('button', { name: 'Remove the star of brisk-ember-2' });
    expect(starred).toHaveAttribute('aria-pressed', 'true');
  });
});

describe('the bin', () => {
  it('takes a run with a way back', async () => {
    await open();
    COMMANDS.binRun.run();
    expect(await screen.findByText('left')).toBeVisible();
    expect(useEntities.getState().runs['r2']?.binnedAt).not.toBeNull();
    const { text, undo } = useUi.getState().notices.at(-1)!;
    expect(text).toBe('Moved brisk-ember-2 to the bin.');
    undo?.();
    await waitFor(() => expect(useEntities.getState().runs['r2']?.binnedAt).toBeNull());
  });

  it('is said of a run that is in it, which is restored from there', async () => {
    await open({ binnedAt: Date.now() });
    expect(COMMANDS.binRun.enabled?.()).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(screen.queryByText(/In the bin/)).toBeNull());
  });

  it('does not take a run that goes on', async () => {
    await open({ state: 'running', endedAt: null });
    expect(COMMANDS.binRun.enabled?.()).toBe(false);
  });
});

describe('what changed since the last good run', () => {
  const card = () => screen.findByRole('region', { name: 'What changed' });

  it('is told at once of a run that failed, and leads to both side by side', async () => {
    await openAt('overview', { state: 'failed' });
    const changes = within(await card()).findByRole('list', { name: 'Changes' });
    expect(await changes).toHaveTextContent('train.py changed (+12 -3)');
    expect(await changes).toHaveTextContent('SettingsMemorynot set→8 GiB');
    await userEvent.click(screen.getByRole('button', { name: 'Compare both' }));
    expect(useUi.getState().history.at).toEqual({ page: 'compare', runIds: ['r1', 'r2'] });
  });

  it('is told of any run when asked', async () => {
    await openAt('overview');
    expect(screen.queryByRole('region', { name: 'What changed' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /What changed/ }));
    expect(within(await card()).getByText(/Since/)).toBeVisible();
  });

  it('is nothing to hold against when no run finished', async () => {
    await openAt('overview', { state: 'failed' }, (bridge) =>
      bridge.answer('runChanges', () => ({ good: null, changes: [] })),
    );
    expect(await screen.findByText(/No run of this job finished before/)).toBeVisible();
  });

  it('is nothing when all is the same', async () => {
    await openAt('overview', { state: 'failed' }, (bridge) =>
      bridge.answer('runChanges', () => ({ good: bridge.world.runs[1]!, changes: [] })),
    );
    expect(await screen.findByText(/: nothing\. Code, inputs/)).toBeVisible();
  });
});
