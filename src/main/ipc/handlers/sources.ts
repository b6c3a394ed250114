import type { CommandInput } from '../../../shared/contract/commands.ts';
import { deriveJobName } from '../../../core/jobs/derive-name.ts';
import type { SourceRequest } from '../../../core/jobs/job-request.ts';
import { isLocalAddress } from '../../../core/sources/git/git-url.ts';
import type { FolderGrants } from '../folder-grants.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';
import { askForFolder } from '../native-dialogs.ts';

type SourceHandlers = Pick<
  Handlers,
  'chooseFolder' | 'previewFolder' | 'inspectSource' | 'deriveJobName' | 'createJob'
>;

export const sourceHandlers = ({ core, grants, operations }: HandlerParts): SourceHandlers => ({
  chooseFolder: async () => {
    const folder = await askForFolder('Choose the folder that holds the code', ['openDirectory']);
    return folder === null ? null : grants.grantDropped(folder);
  },
  previewFolder: ({ folder, operationId, includeSecrets }) =>
    operations.run(operationId, (control) =>
      core.jobs.preview(grants.require(folder), includeSecrets, control),
    ),
  inspectSource: ({ operationId, source, ...asked }) =>
    operations.run(operationId, (control) =>
      core.inspector.inspect({ source: granted(grants, source), ...asked }, control),
    ),
  deriveJobName: async ({ source, entryPoint }) => deriveJobName(source, entryPoint),
  createJob: ({ operationId, source, ...request }) =>
    operations.run(operationId, async (control) => {
      const { job, version, created, notes } = await core.maker.make(
        { source: granted(grants, source), ...request },
        control,
      );
      return { job, version, created, notes };
    }),
});

/** A page that went wrong cannot have folders read that nobody gave it. */
function granted<S extends CommandInput<'createJob'>['source']>(
  grants: FolderGrants,
  source: S,
): Exclude<SourceRequest, { kind: 'image' }> | Extract<S, { kind: 'image' }>;
function granted(grants: FolderGrants, source: CommandInput<'createJob'>['source']): SourceRequest {
  switch (source.kind) {
    case 'folder':
      return { ...source, folder: grants.require(source.folder) };
    case 'git': {
      const { clone, address, ref } = source;
      if (clone || isLocalAddress(address)) grants.require(address);
      return { kind: 'git', address, ref, localClone: clone };
    }
    case 'image':
      return source;
  }
}
