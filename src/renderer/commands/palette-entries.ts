import type { Run } from '../../shared/domain/run.ts';
import { useEntities } from '../stores/entities.ts';
import { SETTINGS_SECTIONS } from '../stores/route.ts';
import { activeRuns, projectsByName, queuesInOrder } from '../stores/selectors.ts';
import { stateWords } from '../stores/run-states.ts';
import { chooseProject, navigate } from '../stores/ui.ts';
import { SECTION_TITLES } from '../features/settings/sections.ts';
import { isEnabled, type Command } from './command.ts';
import { fuzzyScore } from './fuzzy.ts';
import type { Entry } from './palette-entry.ts';
import { COMMANDS } from './registry.ts';
import { shortcutText } from './keys.ts';
import { tabEntries } from './tab-entries.ts';

export interface Section {
  title: string;
  entries: Entry[];
}

/** Runs are found here and among those that are asked for. */
export const RUNS = 'Open a run';

/** Entries of one section that are shown. */
const SHOWN = 8;
const RECENT = 5;

export const commandEntries = (): Entry[] =>
  Object.entries<Command>(COMMANDS)
    .filter(([id, command]) => id !== 'palette' && isEnabled(command))
    .map(([id, { title, group, shortcut, run }]) => ({
      id,
      section: group,
      title: group === 'Go to' ? `Go to ${title}` : title,
      meta: shortcut && shortcutText(shortcut),
      run,
    }));

export const runEntry = (run: Run): Entry => ({
  id: `run-${run.id}`,
  section: RUNS,
  title: run.name,
  meta: `${stateWords(run)}, ${run.jobName}`,
  run: () => navigate({ page: 'run', runId: run.id, tab: 'log' }),
});

const settingsEntries = (): Entry[] =>
  SETTINGS_SECTIONS.map((section) => ({
    id: `settings-${section}`,
    section: 'Settings',
    title: `Settings: ${SECTION_TITLES[section]}`,
    run: () => navigate({ page: 'settings', section }),
  }));

/** Tabs, jobs, running runs, sweeps, projects and settings, to go to by name. */
export function placeEntries(): Entry[] {
  const { jobs, runs, sweeps, projects, queues } = useEntities.getState();
  return [
    ...tabEntries(),
    ...activeRuns(runs).map(runEntry),
    ...Object.values(jobs)
      .filter(({ binnedAt }) => binnedAt === null)
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .map(({ id, name, projectName }) => ({
        id: `job-${id}`,
        section: 'Open a job',
        title: name,
        meta: `Job in ${projectName}`,
        run: () => navigate({ page: 'job', jobId: id, tab: 'runs' as const }),
      })),
    ...Object.values(sweeps).map(({ id, name, jobName }) => ({
      id: `sweep-${id}`,
      section: 'Open a sweep',
      title: name,
      meta: `Sweep of ${jobName}`,
      run: () => navigate({ page: 'sweep', sweepId: id }),
    })),
    ...queuesInOrder(queues).map(({ id, name, waiting }) => ({
      id: `queue-${id}`,
      section: 'Open a queue',
      title: name,
      meta: waiting > 0 ? `Queue, ${waiting} waiting` : 'Queue',
      run: () => navigate({ page: 'queue', queueId: id }),
    })),
    ...projectsByName(projects).map(({ id, name }) => ({
      id: `project-${id}`,
      section: 'Switch project',
      title: `Switch to ${name}`,
      meta: 'Project',
      run: () => chooseProject(id),
    })),
    ...settingsEntries(),
  ];
}

/** The entries by section, in the order in which the sections come up. */
function bySection(entries: readonly Entry[]): Section[] {
  const groups = Map.groupBy(entries, ({ section }) => section);
  return [...groups].map(([title, of]) => ({ title, entries: of.slice(0, SHOWN) }));
}

/** What the palette shows before anything is typed: what was used last, then everything there is to do. */
export function untyped(entries: readonly Entry[], recent: readonly string[]): Section[] {
  const { runs } = useEntities.getState();
  // Runs that ended are no entries of their own: there may be any number of them.
  const used = recent.flatMap((id) => {
    const run = runs[id.replace(/^run-/, '')];
    return entries.find((entry) => entry.id === id) ?? (run ? runEntry(run) : []);
  });
  const last = used.slice(0, RECENT);
  const rest = entries.filter((entry) => !last.includes(entry));
  const sections = [...Map.groupBy(rest, ({ section }) => section)];
  return [
    ...(last.length > 0 ? [{ title: 'Recent', entries: last }] : []),
    ...sections.map(([title, of]) => ({
      title,
      entries: of.some(({ id }) => id in COMMANDS) ? of : of.slice(0, SHOWN),
    })),
  ];
}

/** What answers the typed words, best first; the section of the best one comes first. */
export function found(entries: readonly Entry[], typed: string): Section[] {
  const scored = entries
    .map((entry) => ({ entry, score: fuzzyScore(entry.title, typed) }))
    .filter(({ score }) => score !== null)
    .toSorted((a, b) => b.score! - a.score!);
  return bySection(scored.map(({ entry }) => entry));
}
