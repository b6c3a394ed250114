import { expect, test } from './support/app.ts';
import { button, createAndLaunch, expectEnd } from './support/window.ts';

/**
 * Logs without end, with as much of the W&B SDK as that takes: it is made at the start, as there is no
 * index to get it from and a folder of that name is no part of a job.
 */
const MAIN = `
import math, os, sys, tempfile, time
folder = os.path.join(tempfile.mkdtemp(), "wandb", "sdk")
os.makedirs(folder)
for path in ("../__init__.py", "__init__.py"):
    open(os.path.join(folder, path), "w").close()
with open(os.path.join(folder, "wandb_run.py"), "w") as file:
    file.write("""
class Run:
    _interface = object()
    def __init__(self):
        self._run_id, self._local_step, self._config = "abcd1234", 0, {"lr": 0.1, "width": 64}
    def _on_start(self): pass
    def _partial_history_callback(self, data, step=None, commit=None): pass
    def log(self, data, step=None):
        self._partial_history_callback(data, step)
        self._local_step += 1
""")
sys.path.insert(0, os.path.join(folder, "..", ".."))
from wandb.sdk.wandb_run import Run
run = Run()
run._on_start()
step = 0
while True:
    loss = 2 / (1 + step / 50) + math.sin(step) / 20
    run.log({"loss": loss, "val": {"acc": 1 - 1 / (1 + step / 90)}})
    print("step", step, flush=True)
    step += 1
    time.sleep(0.02)
`;

for (const engine of ['docker', 'process']) {
  test(`metrics are drawn while a run goes on, and kept when it is killed (${engine})`, async ({
    app: { page },
    slipway,
    code,
  }) => {
    await slipway.run('settings', 'set', 'engine', engine);
    const folder = await code({ 'main.py': MAIN });
    await createAndLaunch(page, folder);
    await page.getByRole('tab', { name: 'Metrics' }).click();
    const loss = page.getByRole('slider', { name: /^loss over/ });
    await expect(loss).toBeVisible({ timeout: 30_000 });
    const count = async () =>
      Number(/over ([\d,]+)/.exec((await loss.getAttribute('aria-label'))!)![1]!.replace(',', ''));
    const before = await count();
    await expect.poll(count).toBeGreaterThan(before);
    await expect(page.getByRole('slider', { name: /^val\.acc over/ })).toBeVisible();
    await expect(page.getByRole('slider', { name: /^Memory over/ })).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: test.info().outputPath(`metrics-${colorScheme}.png`) });
    }
    await button(page, 'Stop').click();
    await expectEnd(page, 'Stoppedstopped on request');
    const [{ id }] = await slipway.json<[{ id: string }]>('run', 'list');
    const shown = await slipway.json<{ config: object; summary: object }>('run', 'show', id);
    expect(JSON.stringify(shown)).toContain('"width":64');
    expect(await count()).toBeGreaterThan(before);
  });
}
