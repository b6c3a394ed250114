import type { HandlerParts, Handlers } from '../handler-types.ts';

type TrackedHandlers = Pick<
  Handlers,
  'importRuns' | 'listWatchedFolders' | 'watchFolder' | 'unwatchFolder'
>;

export const trackedHandlers = ({
  core: { tracked },
  grants,
  operations,
}: HandlerParts): TrackedHandlers => ({
  importRuns: ({ operationId, folder, project }) =>
    operations.run(operationId, (control) =>
      tracked.import({ folder: grants.require(folder), project }, control),
    ),
  listWatchedFolders: async () => tracked.watched(),
  watchFolder: async ({ folder, project, enabled }) => {
    const known = tracked.watched().some((watched) => watched.folder === folder);
    return tracked.watch(known ? folder : grants.require(folder), project, enabled);
  },
  unwatchFolder: async ({ folder }) => tracked.unwatch(folder),
});
