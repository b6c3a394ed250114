/** One fault, and what Slipway promises when it happens. */
export interface CatalogueRow {
  id: string;
  fault: string;
  promise: string;
  /** The test of `npm test` that injects it, where no scenario does. */
  test?: string;
}

const row = (
  id: string,
  fault: string,
  promise: string,
  more: Pick<CatalogueRow, 'test'> = {},
): CatalogueRow => ({ id, fault, promise, ...more });

const by = (test: string) => ({ test });

/** Every fault there is a promise about. */
export const CATALOGUE: readonly CatalogueRow[] = [
  row('F1', 'Slipway killed, job running', 'followed on; log complete'),
  row(
    'F2',
    'killed after the container was made, before that was written',
    'one container at most',
  ),
  row('F3', 'killed after the start, before that was written', 'not started again'),
  row('F4', 'killed while an image is built', 'no build container, no half image'),
  row('F5', 'killed while a repository is fetched', 'nothing half; fetched again'),
  row(
    'F6',
    'killed while a folder is frozen',
    'no version; folder untouched',
    by('src/core/snapshots/faults.integration.test.ts'),
  ),
  row('F7', 'killed while a log is written', 'nothing lost or doubled'),
  row('F8', 'killed while the database is migrated', 'old or new schema, never between'),
  row('F9', 'quit with live jobs', 'asked once; jobs go on', by('e2e/app-shell.spec.ts')),
  row('F10', 'the window dies', 'jobs and logs go on; it reloads', by('e2e/app-instance.spec.ts')),
  row(
    'F11',
    'a worker of the core dies',
    'its requests fail with a code; the next start one anew',
    by('src/core/snapshots/faults.integration.test.ts'),
  ),
  row('F12', 'a second instance', 'ends before it opens anything', by('e2e/app-instance.spec.ts')),
  row('F13', 'two data folders, one engine', 'each touches its own containers only'),
  row('F14', 'a lock left by kill -9', 'starts as always'),
  row('F15', 'no engine at the launch', 'the run waits, and starts when there is one'),
  row('F16', 'the socket of the engine may not be used', 'told, with the socket'),
  row('F17', 'engine killed', 'engine-lost, never failed; log kept'),
  row('F18', 'engine ended by SIGTERM', 'engine-lost, never failed; log kept'),
  row('F19', 'engine killed with live-restore', 'real exit code; no line lost; no second start'),
  row('F20', 'everything down at once', 'engine-lost'),
  row('F21', 'engine hangs', 'every call has a deadline; the run is not failed'),
  row('F22', 'engine dies while it builds', 'told or built again; nothing left'),
  row('F23', 'engine too old, too new', 'one message with both versions'),
  row('F24', 'spoiled answers', 'a code or the right reading; never a crash'),
  row('F25', 'redirects, streams that end or say nothing', 'not followed; the end is asked for'),
  row('F26', 'container removed by others', 'vanished; log partial'),
  row('F27', 'container killed or paused by others', 'told as that'),
  row('F28', 'out of memory, of the job or a child of it', 'told as that, with the limit'),
  row('F29', 'a job that ignores its stop', 'killed; ends as stopped'),
  row('F30', 'a stop races with the end', 'exactly one end'),
  row(
    'F31',
    'a pull is refused',
    'a code of its own each',
    by('src/core/engines/docker/resolve-image.integration.test.ts'),
  ),
  row(
    'F32',
    'a pull is cut',
    'told; works when tried again',
    by('src/core/engines/docker/pull-image.test.ts'),
  ),
  row('F33', 'the way to the engine is cut', 'unreachable, not failed; log complete afterwards'),
  row('F34', 'an unsuitable log driver', "Slipway's own is set"),
  row('F35', "the engine's log is damaged", 'the stored log does not shrink'),
  row('F36', 'much log for long', 'no loss; memory flat'),
  row(
    'F37',
    'no space for the data folder',
    'told; the log is completed when there is space',
    by('src/core/logs/log-full-disk.integration.test.ts'),
  ),
  row('F38', 'no space for the engine', 'told as that; what waits goes on waiting'),
  row('F39', 'the disk reports an error on write', 'nothing half applied'),
  row('F40', 'database locked by another process', 'waits; nothing lost'),
  row('F41', 'database damaged', 'never deleted; told'),
  row('F42', 'database of a newer Slipway', 'refused, both versions named; nothing written'),
  row('F43', 'the clock jumps', 'order and waits hold'),
  row('F44', 'the machine sleeps', 'goes on; no false end'),
  row('F45', 'no file descriptors left', 'no crash; goes on when there are'),
  row('F46', 'keyring', 'values are nowhere but in the job'),
  row(
    'F47',
    'a folder changes while it is frozen',
    'no mixed file',
    by('src/core/snapshots/freeze.integration.test.ts'),
  ),
  row('F48', 'no tray, no notifications', 'works', by('e2e/app-shell.spec.ts')),
];
