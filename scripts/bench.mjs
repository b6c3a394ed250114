/**
 * `npm run bench`: measures what Slipway promises about speed, each figure against its rival in the
 * same run. `--only launch,log` runs just these parts (`bench/parts.mjs`), `--json FILE` keeps the
 * figures, `--quick` runs few rounds, to see that the measurements work.
 */
import { chosenParts } from './bench/parts.mjs';
import { ensurePackages } from './lib/install.mjs';
import { main } from './lib/main.mjs';
import { inRoot, modernNode, root } from './lib/paths.mjs';
import { onceEach, runVisibly, toolEnv } from './lib/run.mjs';

await main(async () => {
  chosenParts(process.argv.slice(2));
  await ensurePackages();
  // The core is run from its sources, which the Node that `npm` runs on may be too old for.
  return runVisibly(
    modernNode(),
    [inRoot('scripts', 'bench', 'run.mjs'), ...process.argv.slice(2)],
    { cwd: root, passOn: onceEach(), env: toolEnv() },
  );
});
