import { app } from 'electron';
import type { HandlerParts, Handlers } from '../handler-types.ts';

type AppHandlers = Pick<
  Handlers,
  'appInfo' | 'doctor' | 'engineChoice' | 'getSettings' | 'saveSettings' | 'cancelOperation'
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
  doctor: () => core.doctor(AbortSignal.timeout(15_000)),
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
