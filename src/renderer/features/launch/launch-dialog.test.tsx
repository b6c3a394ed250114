import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../shared/domain/job.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { useUi, type LaunchRequest } from '../../stores/ui.ts';
import type { FakeBridge } from '../../testing/fake-bridge.ts';
import { makeJob, makeVersion } from '../../testing/fake-data.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import LaunchDialog from './launch-dialog.tsx';

const PREFLIGHT: ErrorData = {
  code: 'E_PREFLIGHT',
  message: 'The Dockerfile cannot be built by this engine as it stands.',
  next: 'Build it as rewritten.',
  detail: 'line 7: COPY --link needs BuildKit.\nThe base image is for arm64.',
};

async function open(
  sourceKind: Job['sourceKind'],
  prepare?: (fake: FakeBridge) => void,
  request: Partial<LaunchRequest> = {},
) {
  const job = makeJob({ id: 'j1', name: 'segment', sourceKind, folder: null, latestVersion: 1 });
  const versions = [makeVersion(job, 0), makeVersion(job, 1)];
  const fake = startWorld({ ...emptyWorld(), jobs: [job], versions }, prepare);
  render(<Opened request={{ jobId: 'j1', ...request }} />);
  await screen.findByRole('button', { name: /Version v\d/ });
  const sent = () =>
    fake.calls.filter(({ name }) => name === 'launch').map(({ input }) => input as object);
  return { fake, sent };
}

/** As the app has it: drawn once the jobs are there. */
function Opened({ request }: { request: LaunchRequest }) {
  return <LaunchDialog request={request} />;
}

const launch = (): Promise<void> => userEvent.click(screen.getByRole('button', { name: 'Launch' }));

describe('LaunchDialog', () => {
  it.each([
    ['git', 'Newest of main', 'https://git.example.com/vision/segment.git'],
    [
      'image',
      'Newest of registry.example.com:5000/tools/segment:1.1',
      'registry.example.com:5000/tools/segment:1.1',
    ],
  ] as const)(
    'launches a frozen version of a %s job, or its newest state',
    async (kind, title, from) => {
      const { sent } = await open(kind);
      await userEvent.click(screen.getByRole('button', { name: /Version v1/ }));
      await userEvent.click(
        await screen.findByRole('option', { name: (text) => text.startsWith(title) }),
      );
      expect(screen.getByText(from)).toBeVisible();
      await launch();
      await waitFor(() => expect(sent()).toHaveLength(1));
      expect(sent()[0]).not.toHaveProperty('versionId');
      expect(useUi.getState().history.at.page).toBe('run');
    },
  );

  it('launches the newest version that is frozen when nothing else is said', async () => {
    const { sent } = await open('git');
    await launch();
    await waitFor(() =>
      expect(sent()).toEqual([
        { jobId: 'j1', versionId: 'j1-v1', rewrite: 'ask', operationId: expect.any(String) },
      ]),
    );
  });

  it('shows what cannot be built line by line, and builds the rewrite', async () => {
    const { fake, sent } = await open('git', (bridge) =>
      bridge.answer('launch', () => ({ ok: false, error: PREFLIGHT })),
    );
    await launch();
    const findings = within(await screen.findByRole('list', { name: 'Findings' }));
    expect(findings.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'line 7COPY --link needs BuildKit.',
      'The base image is for arm64.',
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Build the rewrite' }));
    await waitFor(() => expect(sent()).toHaveLength(2));
    expect(sent()[1]).toMatchObject({ rewrite: 'auto' });
    // Refused as rewritten, too: it is not offered again.
    await screen.findByRole('list', { name: 'Findings' });
    expect(screen.queryByRole('button', { name: 'Build the rewrite' })).toBeNull();
    expect(fake.calls.filter(({ name }) => name === 'launch')).toHaveLength(2);
  });

  it('opens with what stopped the launch that was just tried', async () => {
    await open('git', undefined, { versionId: 'j1-v0', error: PREFLIGHT });
    expect(screen.getByRole('alert')).toHaveTextContent('COPY --link needs BuildKit.');
    expect(screen.getByRole('button', { name: 'Build the rewrite' })).toBeVisible();
  });

  it('tells the notes of the answer that the plan had not', async () => {
    const { fake } = await open('image', (bridge) =>
      bridge.answer('planLaunch', () => ({
        delivery: { argv: ['train'], env: {}, secrets: [], files: [], config: { lr: 1 } },
        ...{ engine: 'docker', environment: 'an image', settings: [], problems: [] },
        notes: ['Macros are replaced.'],
      })),
    );
    await screen.findByText('Macros are replaced.');
    // Short enough to be read at once.
    expect(screen.getByRole('region', { name: 'wandb.config' })).toHaveTextContent('{ "lr": 1 }');
    const run = { id: 'r1' } as never;
    fake.answer('launch', () => ({
      ...{ run, newVersion: false, identical: false },
      notes: ['Macros are replaced.', 'line 1: an old syntax'],
    }));
    await launch();
    await waitFor(() =>
      expect(useUi.getState().notices.map(({ text }) => text)).toEqual(['line 1: an old syntax']),
    );
  });
});
