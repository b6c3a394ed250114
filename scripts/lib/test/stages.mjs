/** The stages of `npm test`, in the order they run. */
import { mkdirSync, rmSync } from 'node:fs';
import { build, ensureBuild } from '../build.mjs';
import { inRoot, modernNode, root } from '../paths.mjs';
import { onceEach, runVisibly, toolEnv, toolFile } from '../run.mjs';
import { countsFrom, playwrightCounts, vitestCounts } from './counts.mjs';

/**
 * @typedef {'services' | 'electron' | 'display'} Part
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {Part[]} [uses] what is prepared for it
 * @property {Part[]} [needs] what it cannot run without; other parts its tests do without by themselves
 * @property {string[]} [after] stages that must not have failed
 * @property {(env: Record<string, string>) => Promise<{ status: number, counts?: import('./counts.mjs').Counts }>} run
 */

/** @type {Stage[]} */
export const stages = [
  check('format', 'prettier', 'prettier', '--check', '--cache', '--log-level', 'warn', '.'),
  check('lint', 'oxlint', 'oxlint', '--type-aware', '--deny-warnings'),
  check('layers', 'dependency-cruiser', 'depcruise', 'src'),
  check('unused', 'knip', 'knip'),
  check('types', '@typescript/native', 'tsc', '--noEmit'),
  vitest('unit', 'unit', 'component'),
  // Before the integration tests, because some of them run the built command line.
  { name: 'build', run: buildStage },
  { ...vitest('integration', 'integration'), uses: ['services', 'electron'] },
  {
    name: 'e2e',
    uses: ['services', 'electron', 'display'],
    needs: ['electron', 'display'],
    after: ['build'],
    run: playwright,
  },
];

/** A tool that only says yes or no. */
function check(name, packageName, command, ...args) {
  return { name, run: async () => ({ status: await tool(packageName, command, args) }) };
}

async function buildStage() {
  await build();
  return { status: 0 };
}

function vitest(name, ...projects) {
  const report = reportFile(name);
  const args = [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ];
  const run = async (env) => {
    rmSync(report, { force: true });
    const status = await tool('vitest', 'vitest', args, env);
    return { status, counts: countsFrom(report, vitestCounts, status) };
  };
  return { name, run };
}

async function playwright(env) {
  // Already done unless this stage was chosen alone.
  await ensureBuild();
  const report = reportFile('e2e');
  rmSync(report, { force: true });
  const status = await tool('@playwright/test', 'playwright', ['test'], {
    ...env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return { status, counts: countsFrom(report, playwrightCounts, status) };
}

function tool(packageName, command, args, env = {}) {
  return runVisibly(modernNode(), [toolFile(packageName, command), ...args], {
    cwd: root,
    passOn: onceEach(),
    env: toolEnv(env),
  });
}

function reportFile(name) {
  mkdirSync(inRoot('test-results'), { recursive: true });
  return inRoot('test-results', `${name}.json`);
}
