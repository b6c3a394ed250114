import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect } from 'vitest';
import type { CommandInput } from '../../../../shared/contract/commands.ts';
import type { InputField } from '../../../../shared/domain/inputs.ts';
import type { Json } from '../../../../shared/domain/json.ts';
import type { LaunchProblem } from '../../../../shared/domain/launch-spec.ts';
import type { LaunchRequest } from '../../../stores/ui.ts';
import type { FakeBridge } from '../../../testing/fake-bridge.ts';
import { makeJob, makeRun, makeVersion } from '../../../testing/fake-data.ts';
import { makeField } from '../../../testing/fake-inputs.ts';
import { emptyWorld } from '../../../testing/fake-world.ts';
import { startWorld } from '../../../testing/setup.ts';
import { dropDraft } from '../drafts.ts';
import LaunchDialog from '../launch-dialog.tsx';

const own = (value: Json) => ({ default: value, hasDefault: true });

/** An input of every kind. */
export const FIELDS: InputField[] = [
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

/** Opens the form of a job with two versions and a run, anew. */
export async function open(
  request: Partial<LaunchRequest> = {},
  fields = FIELDS,
  more?: (bridge: FakeBridge) => void,
) {
  dropDraft('j1');
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

export const box = (name: string | RegExp) => screen.getByRole('textbox', { name });
export const press = (name: string | RegExp) =>
  userEvent.click(screen.getByRole('button', { name }));
export const launch = () => press('Launch');
