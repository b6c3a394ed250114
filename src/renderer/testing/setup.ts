import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import { setBridge } from '../bridge/client.ts';
import { startSync } from '../bridge/sync.ts';
import { useColumns } from '../stores/columns.ts';
import { noEntities, useEntities } from '../stores/entities.ts';
import { useOperations } from '../stores/operations.ts';
import { NO_WAITING, useQueueSelection } from '../stores/queue-selection.ts';
import { scrolled, useRunLists } from '../stores/run-lists.ts';
import { FIRST_TABLES, useRunTables } from '../stores/run-layouts.ts';
import { NO_SELECTION, useRunSelection } from '../stores/run-selection.ts';
import { HOME } from '../stores/route.ts';
import { useUi } from '../stores/ui.ts';
import { createFakeBridge, type FakeBridge } from './fake-bridge.ts';
import type { World } from './fake-world.ts';

/** The size every element has in tests: there is no layout, and virtual lists would stay empty. */
export const VIEW = { width: 1000, height: 600 } as const;

const freshUi = useUi.getState();
let stop: (() => void) | undefined;

beforeEach(() => {
  for (const name of ['offsetHeight', 'clientHeight'] as const) {
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(VIEW.height);
  }
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(VIEW.width);
});

// What is waited for comes at once, but may have to wait for a processor that builds images.
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  stop?.();
  stop = undefined;
  vi.restoreAllMocks();
  localStorage.clear();
  useEntities.setState(noEntities, true);
  useOperations.setState({}, true);
  useColumns.setState({}, true);
  useRunTables.setState(FIRST_TABLES, true);
  useRunLists.setState({}, true);
  scrolled.clear();
  useRunSelection.setState(NO_SELECTION, true);
  useQueueSelection.setState(NO_WAITING, true);
  useUi.setState({ ...freshUi, history: { back: [], at: HOME, forward: [] } }, true);
});

/** Puts a fake main process behind the window, prepared if need be, and starts the sync. */
export function startWorld(world: World, prepare?: (fake: FakeBridge) => void): FakeBridge {
  const fake = createFakeBridge(world);
  prepare?.(fake);
  setBridge(fake);
  stop = startSync();
  return fake;
}
