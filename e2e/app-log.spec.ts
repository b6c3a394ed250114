import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';
import { button, createAndLaunch, expectEnd, log, runState } from './support/window.ts';

const LINES = 100_000;
const MANY = `
import sys
for i in range(${LINES}):
    sys.stdout.write(f"line {i} of many, with some text behind it\\n")
print("the last line")
`;

/** The numbers of the lines that exist in the page now. */
const drawn = (page: Page): Promise<number[]> =>
  log(page)
    .locator('[data-line]')
    .evaluateAll((rows) => rows.map((row) => Number((row as HTMLElement).dataset['line'])));

const first = async (page: Page): Promise<number> => (await drawn(page))[0] ?? -1;
const last = async (page: Page): Promise<number> => (await drawn(page)).at(-1) ?? -1;

/** The line at the top edge of the log; the lines drawn beyond the edge vary by one as the log grows. */
const atTop = (page: Page): Promise<number> =>
  log(page).evaluate((element) => {
    const edge = element.getBoundingClientRect().top;
    const rows = [...element.querySelectorAll<HTMLElement>('[data-line]')];
    const row = rows.find((drawnRow) => drawnRow.getBoundingClientRect().bottom > edge + 1);
    return Number(row?.dataset['line'] ?? -1);
  });

/** Resolves when a scroll, which is animated, has come to rest. */
async function atRest(page: Page): Promise<number> {
  const seen = () => log(page).evaluate((element) => element.scrollTop);
  await expect
    .poll(async () => {
      const before = await seen();
      await page.waitForTimeout(200);
      return (await seen()) - before;
    })
    .toBe(0);
  return atTop(page);
}

/** How far the log on the screen can be read to its end; the pill is there when it is not followed. */
const pill = (page: Page) =>
  page.getByRole('button', { name: /^(Follow|To the end|[\d,. ]+ new lines?)$/ });

test.beforeEach(async ({ slipway }) => {
  await slipway.run('settings', 'set', 'engine', 'process');
});

test('a log of 100,000 lines is at its end, and anywhere by keys and wheel', async ({
  app: { page },
  slipway,
  code,
}) => {
  await createAndLaunch(page, await code({ 'main.py': MANY }));
  await expectEnd(page, 'Finishedexit code 0');
  await expect(log(page)).toContainText('the last line');
  await expect(pill(page)).toBeHidden();
  expect((await drawn(page)).length).toBeLessThan(200);

  await log(page).focus();
  await page.keyboard.press('Home');
  await expect(log(page)).toContainText('line 0 of many');
  await expect(pill(page)).toHaveText('To the end');
  await page.keyboard.press('PageDown');
  await expect.poll(() => first(page)).toBeGreaterThan(5);
  const afterPage = await first(page);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => first(page)).toBe(afterPage + 1);
  await log(page).hover();
  await page.mouse.wheel(0, 2000);
  await expect.poll(() => first(page)).toBeGreaterThan(afterPage + 50);
  await page.keyboard.press('End');
  await expect.poll(() => last(page)).toBe(LINES);
  await expect(log(page)).toContainText('the last line');
  await expect(pill(page)).toBeHidden();

  const [run] = await slipway.json<{ id: string }[]>('run', 'list');
  const { stdout } = await slipway.run('run', 'logs', run!.id);
  const lines = stdout.split('\n');
  expect(lines).toHaveLength(LINES + 2);
  expect(lines.slice(0, LINES).every((line, i) => line.startsWith(`line ${i} of`))).toBe(true);
});

test('every line in the middle is the right one, wherever the bar is dragged', async ({
  app: { page },
  code,
}) => {
  await createAndLaunch(page, await code({ 'main.py': MANY }));
  await expectEnd(page, 'Finishedexit code 0');
  for (const share of [0.5, 0.13, 0.87, 0.001, 0.999]) {
    await log(page).evaluate((element, part) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) * part;
    }, share);
    await expect
      .poll(() => first(page).then((line) => Math.abs(line / LINES - share)))
      .toBeLessThan(0.01);
    const rows = log(page).locator('[data-line]');
    await expect(rows.first()).toContainText(/line \d+ of many/);
    const wrong = await rows.evaluateAll((all) =>
      all.filter(
        (row) => !row.textContent.includes(`line ${(row as HTMLElement).dataset['line']} of`),
      ),
    );
    expect(wrong).toEqual([]);
  }
});

test('the log follows until it is scrolled, counts what is new, and follows again', async ({
  app: { page },
  code,
}) => {
  const endless =
    'import time\nfor i in range(10**6):\n  print("line", i, flush=True)\n  time.sleep(0.01)\n';
  await createAndLaunch(page, await code({ 'main.py': endless }));
  await expect.poll(() => last(page)).toBeGreaterThan(60);
  await log(page).hover();
  await page.mouse.wheel(0, -300);
  await expect(pill(page)).toContainText('new line');
  const stays = await atRest(page);
  await expect.poll(() => pill(page).textContent()).not.toBe(await pill(page).textContent());
  expect(await atTop(page)).toBe(stays);
  await pill(page).click();
  await expect(pill(page)).toBeHidden();
  const before = await last(page);
  await expect.poll(() => last(page)).toBeGreaterThan(before);
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('tab', { name: 'Log' }).click();
  await expect.poll(() => last(page)).toBeGreaterThan(before + 50);
  await button(page, 'Stop').click();
  await expect(runState(page)).toContainText('Stopped');
});

test('colours, progress bars and hostile bytes are shown as text, never as markup', async ({
  app: { page },
  code,
}) => {
  const script = [
    'import sys',
    'print("\\x1b[31mred\\x1b[0m plain")',
    'sys.stdout.write("10%\\r50%\\r100%\\n")',
    'print("<img src=x onerror=alert(1)><script>window.hacked=1</script>")',
    'print("\\x1b]8;;file:///etc/passwd\\x07click\\x1b]8;;\\x07")',
    'sys.stdout.buffer.write(b"\\xff\\xfe bytes\\n")',
    'print("x" * 200_000)',
  ].join('\n');
  await createAndLaunch(page, await code({ 'main.py': script }));
  await expectEnd(page, /Finished/);
  await page.keyboard.press('Tab');
  await log(page).focus();
  await page.keyboard.press('Home');
  await expect(log(page)).toContainText('red plain');
  await expect(log(page)).toContainText('<img src=x onerror=alert(1)>');
  await expect(log(page)).toContainText('bytes');
  await expect(log(page)).not.toContainText('50%');
  await expect(log(page).locator('img, script, a, iframe')).toHaveCount(0);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
});

test('a search finds every line, a failing line is marked, and a link leads to one', async ({
  app: { page, electron },
  code,
}) => {
  // The two streams are read one beside the other: what is said last is said after a while.
  const script = [
    'import time',
    'for i in range(3000):',
    '  print("needle" if i % 1000 == 500 else f"line {i}")',
    'time.sleep(0.5)',
    'raise ValueError("the end")',
  ].join('\n');
  await createAndLaunch(page, await code({ 'main.py': script }));
  await expectEnd(page, /^Failed/);
  const failing = log(page).getByLabel('The failing line').locator('..').locator('..');
  await expect(failing).toContainText('ValueError: the end');

  await page.keyboard.press('Control+f');
  await page.keyboard.type('NEEDLE');
  await expect(page.getByText('3 lines', { exact: true })).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByText('3 of 3', { exact: true })).toBeVisible();
  await expect(log(page).locator('[data-line="2500"] mark')).toHaveText('needle');
  await page.keyboard.press('Escape');
  await expect(log(page)).toBeFocused();
  await button(page, 'Go to the failing line').click();
  await expect(failing).toBeVisible();

  await page.keyboard.press('Home');
  await log(page).locator('[data-line="7"]').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy link to line' }).click();
  const copied = () => electron.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toMatch(/^slipway:\/\/run\/[0-9a-z]+\/log\/8$/);
  await page.keyboard.press('End');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await electron.evaluate(
    ({ app }, link) => app.emit('open-url', { preventDefault: () => undefined }, link),
    await copied(),
  );
  await expect(log(page).locator('[data-line="7"]')).toContainText('line 7');
  await expect(log(page).locator('[data-line="7"]')).toHaveClass(/linked/);
});
