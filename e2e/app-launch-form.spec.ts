import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { button, expectEnd, log, newJob } from './support/window.ts';

/** Prints what it received, of every kind that a form has. */
const TRAIN = `
import argparse, json, os
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float, default=0.001, help="peak rate of the schedule")
parser.add_argument("--epochs", type=int, default=20)
parser.add_argument("--mode", choices=["fast", "slow", "exact"], default="fast")
parser.add_argument("--scheduler", choices=["cosine", "linear", "constant", "none"], default="cosine")
parser.add_argument("--sizes", type=int, nargs="+", default=[64])
parser.add_argument("--amp", action="store_true")
parser.add_argument("--note", default="")
parser.add_argument("--data", required=True)
args = parser.parse_args()
print("RECEIVED", json.dumps(vars(args), sort_keys=True), flush=True)
print("GREETING", os.environ.get("GREETING"), flush=True)
`;
const PRESET = 'lr: 0.25\nepochs: 7\nmode: exact\n';
const FILES = { 'train.py': TRAIN, 'configs/paper.yaml': PRESET };

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: /^Launch / });
const box = (page: Page, name: string | RegExp): Locator =>
  dialog(page).getByRole('textbox', { name });
const press = (page: Page, name: string | RegExp): Promise<void> =>
  dialog(page)
    .getByRole('button', { name, exact: typeof name === 'string' })
    .click();

/** Makes a job of the folder and opens its launch form. */
async function openForm(page: Page, folder: string): Promise<void> {
  await newJob(page, folder);
  await button(page, 'Create job').click();
  await button(page, 'Launch…').first().click();
  await dialog(page).getByRole('region', { name: 'Arguments' }).waitFor();
}

const expectReceived = async (page: Page, part: RegExp): Promise<void> => {
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText(part);
};

test.beforeEach(async ({ slipway }) => {
  await slipway.run('settings', 'set', 'engine', 'process');
});

test('a form of every kind of input: the program gets what was filled in', async ({
  app: { page },
  code,
}) => {
  await openForm(page, await code(FILES));
  await box(page, 'lr').fill('1e-2');
  await box(page, 'epochs').press('ArrowUp');
  await expect(box(page, 'epochs')).toHaveValue('21');
  await dialog(page).getByRole('radio', { name: 'slow' }).click();
  await dialog(page).getByRole('combobox', { name: 'scheduler' }).selectOption('linear');
  await press(page, 'Add an item to sizes');
  await page.keyboard.type('8');
  await page.keyboard.press('Enter');
  await page.keyboard.type('16');
  await dialog(page).getByRole('switch', { name: 'amp' }).check({ force: true });
  await box(page, 'note').fill('two words; $HOME `id`');
  await box(page, /^data/).fill('shards');
  await press(page, /^Run settings/);
  await press(page, 'Add variable');
  await expect(box(page, 'Name of variable 1')).toBeFocused();
  await page.keyboard.type('GREETING');
  await box(page, 'Value of GREETING').fill('hello there');
  await expect(dialog(page).locator('footer dl')).toContainText('--lr 0.01');
  await expect(dialog(page).locator('footer dl')).toContainText("--env 'GREETING=hello there'");
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toBeHidden();
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText(
    'RECEIVED {"amp": true, "data": "shards", "epochs": 21, "lr": 0.01, "mode": "slow", "note": "two words; $HOME `id`", "scheduler": "linear", "sizes": [8, 16]}',
  );
  await expect(log(page)).toContainText('GREETING hello there');
});

test('what is wrong is said at its input, and nothing is started', async ({
  app: { page },
  slipway,
  code,
}) => {
  await openForm(page, await code(FILES));
  await box(page, 'epochs').fill('1.5');
  await box(page, 'lr').fill('abc');
  await page.keyboard.press('Tab');
  const row = (name: string) => dialog(page).locator(`[data-place="values.${name}"]`);
  await expect(row('lr').getByRole('alert')).toBeVisible();
  await expect(row('epochs').getByRole('alert')).toBeVisible();
  await expect(row('data').getByRole('alert')).toBeHidden();
  await press(page, 'Launch');
  await expect(row('data').getByRole('alert')).toBeVisible();
  await expect(box(page, 'lr')).toBeFocused();
  expect(await slipway.json('run', 'list')).toEqual([]);
  await box(page, 'lr').fill('0.5');
  await press(page, 'Reset epochs');
  await box(page, /^data/).fill('d');
  await press(page, 'Launch');
  await expectReceived(page, /"epochs": 20, "lr": 0.5/);
});

test('values come from a file beside the code, a saved preset and an earlier run', async ({
  app: { page },
  code,
}) => {
  await openForm(page, await code(FILES));
  await press(page, 'Start from');
  await page.getByRole('button', { name: /^configs.paper|^paper/ }).click();
  await expect(box(page, 'lr')).toHaveValue('0.25');
  await expect(box(page, 'epochs')).toHaveValue('7');
  await box(page, /^data/).fill('first');
  await press(page, 'Start from');
  await page.getByRole('textbox', { name: 'Name of a new preset' }).fill('mine');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: /^mine/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await press(page, 'Launch');
  await expectReceived(page, /"data": "first", "epochs": 7, "lr": 0.25, "mode": "exact"/);

  await button(page, 'Launch with changes…').click();
  await expect(dialog(page)).toContainText('Values of run');
  await expect(box(page, 'lr')).toHaveValue('0.25');
  await press(page, 'Start over');
  await expect(box(page, 'lr')).toHaveValue('');
  await press(page, 'Start from');
  await page.getByRole('list', { name: 'Earlier runs' }).getByRole('button').first().click();
  await expect(box(page, /^data/)).toHaveValue('first');
  await box(page, /^data/).fill('second');
  const difference = dialog(page).getByRole('region', { name: 'Difference to the last run' });
  await expect(difference.getByRole('listitem')).toHaveText([/^data.*first.*second$/]);
  await press(page, 'Launch');
  await expectReceived(page, /"data": "second", "epochs": 7/);
});

test('the raw view holds the same values, and says where it is wrong', async ({
  app: { page },
  code,
}) => {
  await openForm(page, await code(FILES));
  await box(page, 'lr').fill('3');
  await dialog(page).getByRole('radio', { name: 'YAML' }).click();
  const text = box(page, 'Values as YAML');
  await expect(text).toHaveValue(/^lr: 3/);
  await text.fill('lr: 4\nsizes: [1, 2\nnote: x\n');
  await expect(dialog(page).getByRole('alert')).toContainText(/line \d+/i);
  await press(page, 'Launch');
  await expect(dialog(page)).toBeVisible();
  await text.fill('# by hand\nlr: 4\nsizes: [1, 2]\ndata: from yaml\n');
  await dialog(page).getByRole('radio', { name: 'Form' }).click();
  await expect(box(page, 'lr')).toHaveValue('4');
  await expect(box(page, 'sizes, item 2')).toHaveValue('2');
  await dialog(page).getByRole('radio', { name: 'YAML' }).click();
  await expect(text).toHaveValue(/^# by hand/);
  await page.keyboard.press('Control+Enter');
  await expectReceived(page, /"data": "from yaml".*"lr": 4.0.*"sizes": \[1, 2\]/);
});

test('what was typed is there again, and nothing in the form shuts people out', async ({
  app: { page },
  code,
}) => {
  await openForm(page, await code(FILES));
  await box(page, 'lr').fill('1e-5');
  await press(page, /^Run settings/);
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeHidden();
  await button(page, 'Launch…').first().click();
  await expect(box(page, 'lr')).toHaveValue('1e-5');
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === 'serious' || impact === 'critical',
    );
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});

test('on Docker, what was filled in arrives in the container', async ({
  app: { page },
  slipway,
  code,
}) => {
  await slipway.run('settings', 'set', 'engine', 'docker');
  await openForm(page, await code(FILES));
  await box(page, 'lr').fill('0.5');
  await press(page, 'Give data an empty text');
  await dialog(page).getByRole('radio', { name: 'slow' }).click();
  await press(page, /^Run settings/);
  await press(page, 'Add variable');
  await expect(box(page, 'Name of variable 1')).toBeFocused();
  await page.keyboard.type('GREETING');
  await box(page, 'Value of GREETING').fill("it's $HOME");
  await expect(dialog(page).getByRole('region', { name: 'Runs in' })).toContainText('on Docker');
  await page.keyboard.press('Control+Enter');
  await expect(dialog(page)).toBeHidden();
  await expectReceived(page, /"data": "".*"lr": 0\.5, "mode": "slow"/);
  await expect(log(page)).toContainText("GREETING it's $HOME");
});
