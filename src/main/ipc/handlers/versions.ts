import { treeOf, versionLabel } from '../../../shared/domain/job.ts';
import { AppError } from '../../../shared/errors.ts';
import { compareVersions, compareVersionFile } from '../../../core/compare/compare-versions.ts';
import { fileTextOf } from '../../../core/jobs/file-text.ts';
import type { HandlerParts, Handlers } from '../handler-types.ts';
import { askForFile, askForFolder, askWhereTo } from '../native-dialogs.ts';

type VersionHandlers = Pick<
  Handlers,
  | 'versionFiles'
  | 'versionFileText'
  | 'versionDetection'
  | 'versionDockerfile'
  | 'compareVersions'
  | 'compareFile'
  | 'setAlias'
  | 'removeAlias'
  | 'writeVersionBack'
  | 'exportVersion'
  | 'importJob'
>;

/** Most entries of a version that are listed: more of them would stop the window for a moment. */
const FILES_SHOWN = 5000;

const FILE_TYPES = [{ name: 'Slipway job', extensions: ['slipway'] }];

export function versionHandlers({ core, operations }: HandlerParts): VersionHandlers {
  const { jobs, snapshots, transfer } = core;
  const requireTree = (versionId: string): string => {
    const tree = treeOf(jobs.version(versionId).source);
    if (tree !== null) return tree;
    throw new AppError('E_NOT_FOUND', 'A version of an image has no files.');
  };
  return {
    versionFiles: async ({ versionId }) => {
      const entries = await jobs.entries(jobs.version(versionId), FILES_SHOWN + 1);
      return { entries: entries.slice(0, FILES_SHOWN), more: entries.length > FILES_SHOWN };
    },
    versionFileText: async ({ versionId, path }) =>
      fileTextOf(snapshots, requireTree(versionId), path),
    versionDetection: ({ versionId }) => core.inspector.detection(jobs.version(versionId)),
    versionDockerfile: ({ versionId }) => core.inspector.dockerfile(jobs.version(versionId)),
    compareVersions: async ({ before, after }) => {
      const withJob = (id: string) => {
        const version = jobs.version(id);
        return { version, job: jobs.get(version.jobId) };
      };
      return core.whileOpen((signal) =>
        compareVersions(snapshots, withJob(before), withJob(after), signal),
      );
    },
    compareFile: async ({ before, after, ...file }) =>
      core.whileOpen((signal) =>
        compareVersionFile(snapshots, jobs.version(before), jobs.version(after), file, signal),
      ),
    setAlias: async ({ versionId, alias }) => jobs.setAlias(jobs.version(versionId), alias),
    removeAlias: async ({ versionId, alias }) => jobs.removeAlias(jobs.version(versionId), alias),
    writeVersionBack: async ({ versionId, operationId }) => {
      const tree = requireTree(versionId);
      const title = 'Choose a new or empty folder';
      const folder = await askForFolder(title, ['openDirectory', 'createDirectory']);
      if (folder === null) return null;
      const files = await operations.run(operationId, (control) =>
        snapshots.writeTo(tree, folder, control),
      );
      return { folder, files };
    },
    exportVersion: async ({ versionId, operationId }) => {
      const version = jobs.version(versionId);
      const { name } = jobs.get(version.jobId);
      const suggested = `${name}-${versionLabel(version)}.slipway`;
      const file = await askWhereTo('Export the version', suggested, FILE_TYPES);
      if (file === null) return null;
      // The system's dialog has asked before it names a file that is there.
      await operations.run(operationId, (control) =>
        transfer.export([version], file, { force: true }, control),
      );
      return { file };
    },
    importJob: async ({ operationId, project }) => {
      const file = await askForFile('Import a job', FILE_TYPES);
      if (file === null) return null;
      return operations.run(operationId, (control) => transfer.import(file, { project }, control));
    },
  };
}
