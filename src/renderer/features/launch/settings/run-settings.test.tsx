import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { box, launch, open, press } from '../testing/open-form.tsx';

describe('run settings', () => {
  it('reads sizes and times as people write them, and holds up what it cannot read', async () => {
    const { launched, last } = await open();
    await userEvent.type(box(/^data/), 'd');
    await press(/^Run settings/);
    await userEvent.type(box('Memory'), '4 GiB');
    await userEvent.type(box('Time limit'), 'soon');
    await launch();
    expect(
      await screen.findByText('Write a time such as 90 min, 2 h or 1 h 30 min.', {
        selector: '[role=alert]',
      }),
    ).toBeVisible();
    expect(launched()).toEqual([]);
    await userEvent.clear(box('Time limit'));
    await userEvent.type(box('Time limit'), '90 min');
    await launch();
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(last('launch')).toMatchObject({
      spec: { settings: { memoryBytes: 4 * 1024 ** 3, timeLimitSeconds: 5400 } },
    });
  });

  it.each([
    ['Memory', '512 MB', 'That is 512 MiB. Beyond'],
    ['Memory', '512m', 'That is 512 MiB. Beyond'],
    ['Memory', '512MiB', 'Beyond'],
    ['Memory', 'much', 'Beyond'],
    ['Time limit', '90', 'That is 1 min 30 s. From'],
    ['CPUs', '2', 'How many'],
  ])('says of %s how %s was understood', async (name, typed, start) => {
    await open();
    await press(/^Run settings/);
    await userEvent.type(box(name), typed);
    const row = box(name).closest<HTMLElement>('[data-place]')!;
    const helps = [...row.querySelectorAll('p:not([role])')];
    expect(helps.map((help) => help.textContent)).toEqual([expect.stringMatching(`^${start}`)]);
  });

  it('takes variables as rows, and says which is there twice', async () => {
    const { last } = await open();
    await press(/^Run settings/);
    await press('Add variable');
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Name of variable 1' })).toHaveFocus(),
    );
    await userEvent.keyboard('A');
    await userEvent.type(screen.getByRole('textbox', { name: 'Value of A' }), '1');
    await press('Add variable');
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of variable 2' }), 'A');
    expect(screen.getByText('A is there twice.')).toBeVisible();
    await userEvent.type(screen.getByRole('textbox', { name: 'Name of variable 2' }), 'B');
    expect(screen.queryByText('A is there twice.')).toBeNull();
    await waitFor(() =>
      expect(last('planLaunch')).toMatchObject({ spec: { env: { A: '1', AB: '' } } }),
    );
  });

  it('launches from anywhere with the keyboard', async () => {
    const { launched } = await open();
    await userEvent.type(box(/^data/), 'd{Control>}{Enter}{/Control}');
    await waitFor(() => expect(launched()).toHaveLength(1));
    expect(launched()[0]?.spec?.values).toEqual({ data: 'd' });
  });
});
