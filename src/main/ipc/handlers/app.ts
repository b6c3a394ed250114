import { app } from 'electron';
import type { HandlerParts, Handlers } from '../handler-types.ts';

/** Looking at everything reads whole files. */
const DOCTOR_MS = 30_000;
const MEND_MS = 120_000;

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
}: HandlerParts): AppHandlers => ({
  appInfo: async () => ({
    version: app.getVersion(),
    dataDir: core.dataDir,
    platform: process.platform,
  }),
  doctor: () => core.doctor.examine(AbortSignal.timeout(DOCTOR_MS)),
  mend: async ({ id }) => ({ text: await core.doctor.mend(id, AbortSignal.timeout(MEND_MS)) }),
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
