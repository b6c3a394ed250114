/**
 * `npm run faults`: injects the faults that Slipway promises to live through, and tells what was seen.
 * `--only kill-core,cancels` does just these scenarios, `--quick` does everything with small counts,
 * `--seed N` with other random numbers, `--json FILE` keeps the figures. See docs/faults.md.
 */
import { build } from './lib/build.mjs';
import { ensurePackages } from './lib/install.mjs';
import { main } from './lib/main.mjs';
import { inRoot, modernNode, root } from './lib/paths.mjs';
import { say } from './lib/progress.mjs';
import { onceEach, runVisibly, toolEnv } from './lib/run.mjs';
import { prepare } from './lib/test/prepare.mjs';

await main(async () => {
  await ensurePackages();
  await build();
  const prepared = await prepare([{ uses: ['services', 'electron', 'display'] }]);
  try {
    if (prepared.missing.length > 0) say(`missing: ${prepared.missing.join(', ')}`);
    const words = [inRoot('e2e', 'faults', 'run.ts'), ...process.argv.slice(2)];
    const options = { cwd: root, passOn: onceEach(), env: toolEnv(prepared.env) };
    return await runVisibly(modernNode(), words, options);
  } finally {
    await prepared.stop();
  }
});
