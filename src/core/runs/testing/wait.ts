import type { testApp } from './test-app.ts';

type App = ReturnType<typeof testApp>;

export const soon = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Until a condition holds; a test that waits in vain ends with its own time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await soon();
}

export const untilState = (app: App, runId: string, ...states: string[]): Promise<void> =>
  until(() => states.includes(app.runs.get(runId).state));

/** The timeline of a run as it is read. */
export const told = (app: App, runId: string): string[] =>
  app.repos.runs.events(runId).map(({ text }) => text);
