import { JOB_TABS, NEW_JOB_SOURCES, RUN_TABS } from '../stores/route.ts';
import { navigate, useUi } from '../stores/ui.ts';
import type { Entry } from './palette-entry.ts';

const title = (tab: string): string => `Tab: ${tab.charAt(0).toUpperCase()}${tab.slice(1)}`;

const entry = (tab: string, run: () => void): Entry => ({
  id: `tab-${tab}`,
  section: 'This page',
  title: title(tab),
  run,
});

/** The other tabs of the page on the screen. */
export function tabEntries(): Entry[] {
  const { at } = useUi.getState().history;
  if (at.page === 'job') return JOB_TABS.map((tab) => entry(tab, () => navigate({ ...at, tab })));
  if (at.page === 'run') return RUN_TABS.map((tab) => entry(tab, () => navigate({ ...at, tab })));
  if (at.page === 'new-job') {
    return NEW_JOB_SOURCES.map((source) => entry(source, () => navigate({ ...at, source })));
  }
  return [];
}
