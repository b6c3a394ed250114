import { cleanup, render, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { App } from './app.tsx';
import { JOB_TABS, RUN_TABS, type Route } from './stores/route.ts';
import { useUi } from './stores/ui.ts';
import type { FakeBridge } from './testing/fake-bridge.ts';
import { busyWorld } from './testing/fake-world.ts';
import { startWorld } from './testing/setup.ts';

/** What somebody else may have written: names, notes, reasons, log lines, file names, keys. */
const MARKUP = '<img src=x onerror="globalThis.hacked=1"><script>globalThis.hacked=1</script>';
const HOSTILE = `${MARKUP} javascript:globalThis.hacked=1 ]]> {{7*7}} \u202Eexe.txt`;

/** Keys under which free text stands: everything but ids, states and other words of Slipway's own. */
const FREE = new Set([
  ...['name', 'jobName', 'projectName', 'fullName', 'description', 'notes', 'creator', 'folder'],
  ...['text', 'next', 'detail', 'because', 'reference', 'remote', 'ref', 'message', 'help'],
  ...['path', 'title', 'address', 'host', 'label', 'reason', 'link', 'problem'],
]);

function poison(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return FREE.has(key) ? `${value} ${HOSTILE}` : value;
  if (Array.isArray(value)) return value.map((each) => poison(each, key === 'tags' ? 'name' : key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, poison(each, name)]),
  );
}

/** Every answer of main, with hostile text wherever there is free text. */
function poisonAnswers(fake: FakeBridge): void {
  type Ask = (input: unknown) => Promise<unknown>;
  const commands = fake.commands as unknown as Record<string, Ask>;
  for (const [name, ask] of Object.entries({ ...commands })) {
    commands[name] = async (input) => poison(await ask(input));
  }
}

const world = busyWorld();
const jobId = world.jobs[0]!.id;
const runId = world.runs.find((run) => run.jobId === jobId)!.id;
const PLACES: Route[] = [
  ...(['jobs', 'runs', 'projects', 'bin', 'start', 'engine', 'settings'] as const).map((page) => ({
    page,
  })),
  ...JOB_TABS.map((tab) => ({ page: 'job' as const, jobId, tab })),
  ...RUN_TABS.map((tab) => ({ page: 'run' as const, runId, tab })),
  { page: 'compare', runIds: world.runs.slice(0, 2).map(({ id }) => id) },
  ...world.sweeps.slice(0, 1).map(({ id }) => ({ page: 'sweep' as const, sweepId: id })),
];

const FORBIDDEN = 'script, iframe, object, embed, base, meta, link, img, webview, form[action]';
const LINKS = /^\s*(javascript|data|vbscript|file):/i;

/** What of a document came from text. */
function madeOfText(root: ParentNode): string[] {
  const elements = [...root.querySelectorAll(FORBIDDEN)].map((element) => element.outerHTML);
  const attributes = [...root.querySelectorAll('*')].flatMap((element) =>
    [...element.attributes]
      .filter(
        ({ name, value }) =>
          name.startsWith('on') || (/^(href|src)$/.test(name) && LINKS.test(value)),
      )
      .map(({ name, value }) => `${name}=${value}`),
  );
  return [...elements, ...attributes];
}

describe('hostile text', () => {
  it.each(PLACES.map((place) => [Object.values(place).flat().join(' '), place] as const))(
    'stays text: %s',
    async (_name, place) => {
      startWorld(busyWorld(), poisonAnswers);
      useUi.setState({ history: { back: [], at: place, forward: [] } });
      render(<App />);
      await waitFor(() => expect(document.body.textContent).toContain(MARKUP));
      await waitFor(() => expect(document.querySelector('main h1')).toBeVisible());
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(madeOfText(document.body)).toEqual([]);
      expect(globalThis).not.toHaveProperty('hacked');
      cleanup();
    },
  );
});
