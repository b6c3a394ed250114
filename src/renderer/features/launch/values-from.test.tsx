import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { EMPTY_SPEC } from '../../../shared/domain/launch-spec.ts';
import { FIELDS, box, open, press } from './testing/open-form.tsx';

describe('where values come from', () => {
  const fitted = (values: Record<string, never>) => ({
    spec: { ...EMPTY_SPEC, values },
    dropped: [{ name: 'gone', value: 7, why: 'This version has no such input.' }],
    notes: [],
  });

  it('opens with what a run was given, and says what does not fit', async () => {
    const { last } = await open({ fromRunId: 'r1' }, FIELDS, (bridge) =>
      bridge.answer('specFromRun', () => fitted({ lr: 0.5 as never })),
    );
    expect(await screen.findByText('Values of run amber-comet-1')).toBeVisible();
    expect(box('lr')).toHaveValue('0.5');
    expect(last('specFromRun')).toEqual({ runId: 'r1', versionId: 'j1-v1' });
    const list = within(screen.getByRole('list', { name: 'Values that do not fit' }));
    expect(list.getByText('gone = 7')).toBeVisible();
    await press('Drop gone');
    expect(screen.queryByText('gone = 7')).toBeNull();
  });

  it('starts what the run was asked to start, without the words that its inputs came to', async () => {
    const { last } = await open({ fromRunId: 'r1' }, FIELDS, (bridge) => {
      bridge.answer('specFromRun', () => fitted({ lr: 0.5 as never }));
      bridge.answer('runSpec', () => ({
        entryPoint: ['python', 'other.py'],
        spec: { ...EMPTY_SPEC, values: { lr: 0.5 } },
        delivery: {
          ...{ argv: ['python', 'other.py', '--lr', '0.5'], env: {}, secrets: [], files: [] },
          config: {},
        },
      }));
    });
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({
        entryPoint: 'python other.py',
        spec: { values: { lr: 0.5 } },
      }),
    );
    const changes = screen.getByRole('region', { name: 'Difference to the last run' });
    expect(await within(changes).findByText('None: it asks for the same.')).toBeVisible();
  });

  it('fits the values to another version, with those that had no place before', async () => {
    const { fake, last } = await open({ fromRunId: 'r1' }, FIELDS, (bridge) =>
      bridge.answer('specFromRun', () => fitted({ lr: 0.5 as never })),
    );
    await screen.findByText('gone = 7');
    fake.answer('fitSpec', ({ spec }) => ({ spec, dropped: [], notes: [] }));
    await press(/Version v1/);
    await userEvent.click(await screen.findByRole('option', { name: /Version v0/ }));
    await waitFor(() =>
      expect(last('fitSpec')).toMatchObject({
        versionId: 'j1-v0',
        spec: { values: { gone: 7, lr: 0.5 } },
      }),
    );
    await waitFor(() => expect(screen.queryByText('gone = 7')).toBeNull());
    expect(box('lr')).toHaveValue('0.5');
  });

  it('saves a preset and starts from it again', async () => {
    const { last } = await open();
    await userEvent.type(box('lr'), '4');
    await press('Start from');
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of a new preset' }), 'paper');
    await press('Save');
    expect(last('savePreset')).toMatchObject({
      jobId: 'j1',
      name: 'paper',
      spec: { values: { lr: 4 } },
    });
    await press(/The code’s own defaults/);
    expect(box('lr')).toHaveValue('');
    await press('Start from');
    await press(/^paper/);
    await waitFor(() => expect(box('lr')).toHaveValue('4'));
    await press('Start from');
    await press('Remove preset paper');
    await waitFor(() => expect(screen.queryByRole('button', { name: /^paper/ })).toBeNull());
  });
});
