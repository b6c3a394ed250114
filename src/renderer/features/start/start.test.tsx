import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { EngineChoice } from '../../../shared/domain/engine.ts';
import { err } from '../../../shared/result.ts';
import { useExample } from '../../stores/example.ts';
import { useUi } from '../../stores/ui.ts';
import { makeJob, makeVersion } from '../../testing/fake-data.ts';
import { emptyWorld } from '../../testing/fake-world.ts';
import { startWorld } from '../../testing/setup.ts';
import { engineWords } from './engine-words.tsx';
import { Start } from './start.tsx';

const job = makeJob({ id: 'j1', name: 'hello' });
const made = { job, version: makeVersion(job, 0), created: true, notes: [] };

function open(prepare?: Parameters<typeof startWorld>[1]) {
  useExample.setState({ operationId: null, error: null });
  const fake = startWorld({ ...emptyWorld(), jobs: [job] }, (bridge) => {
    bridge.answer('createJob', () => made);
    prepare?.(bridge);
  });
  render(<Start />);
  return fake;
}

const runExample = (): Promise<void> =>
  userEvent.click(screen.getByRole('button', { name: 'Run the example' }));

describe('the first start', () => {
  it('goes from one click to the log of a run of the example', async () => {
    const fake = open();
    await screen.findByText(/jobs run as processes/);
    await runExample();
    await waitFor(() =>
      expect(useUi.getState().history.at).toMatchObject({ page: 'run', tab: 'log' }),
    );
    const sent = (name: string) => fake.calls.find((call) => call.name === name)?.input;
    expect(sent('createJob')).toMatchObject({
      source: { kind: 'folder', folder: '/opt/slipway/examples/hello' },
      name: 'hello',
    });
    expect(sent('launch')).toMatchObject({ versionId: made.version.id, engine: 'process' });
  });

  it('says why there is no job, and tries again', async () => {
    const fake = open((bridge) =>
      bridge.answer('exampleFolder', () =>
        err({ code: 'E_SOURCE_NOT_FOUND', message: 'The example is gone.', next: 'Install it.' }),
      ),
    );
    await runExample();
    expect(await screen.findByRole('alert')).toHaveTextContent('The example is gone.Install it.');
    fake.answer('exampleFolder', () => ({ folder: '/opt/slipway/examples/hello' }));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(useUi.getState().history.at.page).toBe('run'));
  });

  it('goes on in the launch form when the launch was refused', async () => {
    const error = { code: 'E_ENGINE_NONE', message: 'No engine.' } as const;
    open((bridge) => bridge.answer('launch', () => err(error)));
    await runExample();
    await waitFor(() =>
      expect(useUi.getState().launch).toEqual({
        jobId: 'j1',
        versionId: made.version.id,
        error,
      }),
    );
    expect(useUi.getState().history.at).toMatchObject({ page: 'job', jobId: 'j1' });
  });

  it('can be cancelled while it takes long', async () => {
    const fake = open((bridge) => bridge.answer('createJob', () => new Promise(() => undefined)));
    await runExample();
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    const { operationId } = useExample.getState();
    expect(fake.calls.at(-1)).toEqual({ name: 'cancelOperation', input: { operationId } });
  });
});

describe('the engine in words', () => {
  const choice = (docker: boolean, process: boolean): EngineChoice => ({
    kind: docker ? 'docker' : 'process',
    because: '',
    engines: [
      { kind: 'docker', available: docker, text: '', fix: 'Start Docker.', since: null },
      { kind: 'process', available: process, text: '', fix: 'Install Python.', since: null },
    ],
  });

  it.each([
    [null, /Looking/, undefined],
    [choice(true, true), /^Docker is ready: .* the example as a process\.$/, undefined],
    [choice(true, false), /^Docker is ready: jobs run in containers\.$/, undefined],
    [choice(false, true), /as processes/, /Docker/],
    [choice(false, false), /Nothing here can run jobs/, /Install Python/],
  ])('%#', (engine, text, next) => {
    const words = engineWords(engine);
    expect(words.text).toMatch(text);
    if (next) expect(words.next).toMatch(next);
    else expect(words.next).toBeUndefined();
  });
});
