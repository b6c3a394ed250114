import { app } from 'electron';
import type { HealthCheck } from '../../../shared/domain/engine.ts';
import { restartToReplace } from '../../restart-to-replace.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';

/** Looking at everything reads whole files. */
const DOCTOR_MS = 30_000;
const MEND_MS = 120_000;

/** The check of a file that cannot be replaced while it is open. */
const DATABASE = 'database';

const withRestart = (check: HealthCheck): HealthCheck =>
  check.id === DATABASE && check.status === 'missing'
    ? { ...check, mend: 'Start again and choose a backup' }
    : check;

type AppHandlers = Pick<
  Handlers,
  | 'appInfo'
  | 'doctor'
  | 'mend'
  | 'listTroubles'
  | 'engineChoice'
  | 'getSettings'
  | 'saveSettings'
  | 'cancelOperation'
>;

export const appHandlers = ({
  core,
  engineWatch,
  grants,
  operations,
  shell,
}: HandlerParts): AppHandlers => ({
  appInfo: async () => ({
    version: app.getVersion(),
    dataDir: core.dataDir,
    platform: process.platform,
  }),
  doctor: async () => {
    const report = await core.doctor.examine(AbortSignal.timeout(DOCTOR_MS));
    return { ...report, checks: report.checks.map(withRestart) };
  },
  mend: async ({ id }) => {
    if (id !== DATABASE) {
      return { text: await core.doctor.mend(id, AbortSignal.timeout(MEND_MS)) };
    }
    restartToReplace(() => shell.quit());
    return { text: 'Slipway starts again and asks.' };
  },
  listTroubles: async () => core.troubles.list(),
  engineChoice: () => engineWatch.choice(),
  getSettings: async () => core.settings.get(),
  saveSettings: async (input) => {
    // Runs may mount what is on this list: a page that went wrong cannot put the disk on it.
    grants.requireNew(input.mountFolders, core.settings.get().mountFolders);
    const saved = core.settings.save(input);
    await engineWatch.refresh();
    return saved;
  },
  cancelOperation: async ({ operationId }) => {
    operations.cancel(operationId);
    return {};
  },
});
