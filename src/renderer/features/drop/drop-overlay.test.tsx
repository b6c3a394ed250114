import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { ok } from '../../../shared/result.ts';
import { navigate, useUi } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { busyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { JobsPage } from '../jobs/jobs-page.tsx';
import { DropOverlay } from './drop-overlay.tsx';

let fake: FakeBridge;

beforeEach(async () => {
  fake = startWorld(busyWorld());
  render(
    <>
      <JobsPage />
      <input aria-label="Field" />
      <DropOverlay />
    </>,
  );
  await screen.findByRole('grid', { name: 'Jobs' });
});

const files = (...names: string[]) => ({
  types: ['Files'],
  items: names,
  files: names.map((name) => new File([], name)),
});

const text = (content: string) => ({
  types: ['text/plain'],
  items: [content],
  files: [],
  getData: (type: string) => (type === 'text/plain' ? content : ''),
});

const over = (target: Element, dataTransfer: object) =>
  fireEvent.dragOver(target, { dataTransfer });
const drop = (target: Element, dataTransfer: object) => fireEvent.drop(target, { dataTransfer });
const at = () => useUi.getState().history.at;
const row = () => screen.getByRole('row', { name: /nightly-etl/ });

describe('dropping', () => {
  it.each([
    ['a folder', files('a'), () => document.body, 'New job from this folder'],
    ['folders', files('a', 'b'), () => document.body, 'New jobs from 2 folders'],
    ['a folder on a row', files('a'), row, 'New version of nightly-etl'],
    ['folders on a row', files('a', 'b'), row, 'New jobs from 2 folders'],
    ['a link', text('https://x'), () => document.body, 'New job from this link'],
  ])('%s: says what will happen before it happens', (_, data, target, hint) => {
    over(target(), data);
    expect(screen.getByText(hint)).toBeVisible();
    fireEvent.dragLeave(document.body, { relatedTarget: null });
    expect(screen.queryByText(hint)).toBeNull();
  });

  it('a folder on a job leads to its new version', async () => {
    drop(row(), files('etl'));
    await waitFor(() =>
      expect(at()).toEqual({
        page: 'new-job',
        source: 'folder',
        folder: '/home/ada/code/etl',
        jobId: 'j5',
      }),
    );
  });

  it('a folder on the page of a job too', async () => {
    act(() => navigate({ page: 'job', jobId: 'j2', tab: 'runs' }));
    drop(document.body, files('hello'));
    await waitFor(() => expect(at()).toMatchObject({ page: 'new-job', jobId: 'j2' }));
  });

  it('folders of runs and of code come one after the other, each where it belongs', async () => {
    fake.grantDroppedFolder = async ({ name }) =>
      ok({ folder: `/x/${name}`, runs: name === 'code' ? 0 : 2, only: name === 'wandb' });
    drop(document.body, files('wandb', 'code', 'both'));
    await waitFor(() =>
      expect(at()).toEqual({ page: 'new-job', source: 'tracked', folder: '/x/wandb', runs: 2 }),
    );
    expect(useUi.getState().waiting).toEqual([
      { page: 'new-job', source: 'folder', folder: '/x/code' },
      { page: 'new-job', source: 'folder', folder: '/x/both', runs: 2 },
    ]);
  });

  it('the address of a repository opens it, other words say what can be dropped', () => {
    drop(document.body, text('git@git.example.com:a/b.git'));
    expect(at()).toEqual({
      page: 'new-job',
      source: 'git',
      address: 'git@git.example.com:a/b.git',
    });
    drop(document.body, text('some words'));
    expect(useUi.getState().notices.at(-1)?.error?.next).toMatch(/Drop a folder/);
  });

  it('leaves text to a field, and what is moved within the page alone', () => {
    over(screen.getByLabelText('Field'), text('https://x'));
    expect(screen.queryByRole('status')).toBeNull();
    fireEvent.dragStart(document.body);
    over(document.body, text('https://x'));
    expect(screen.queryByRole('status')).toBeNull();
  });
});
