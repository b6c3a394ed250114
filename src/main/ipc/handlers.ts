import { app, dialog } from 'electron';
import type { CommandInput, CommandName, CommandOutput } from '../../shared/contract/commands.ts';
import type { Core } from '../../core/create-core.ts';
import { fileTextOf } from '../../core/jobs/file-text.ts';
import type { EngineWatch } from '../engine-watch.ts';
import type { FolderGrants } from './folder-grants.ts';
import type { Operations } from './operations.ts';

export type Handlers = {
  [N in CommandName]: (input: CommandInput<N>) => Promise<CommandOutput<N>>;
};

/** Most entries of a version that are listed: more of them would stop the window for a moment. */
const FILES_SHOWN = 5000;

interface HandlerParts {
  core: Core;
  engineWatch: EngineWatch;
  grants: FolderGrants;
  operations: Operations;
}

/** What each request does: a line to the core's service that owns it. */
export function createHandlers({ core, engineWatch, grants, operations }: HandlerParts): Handlers {
  const { jobs, runs, repos, settings } = core;
  return {
    appInfo: async () => ({
      version: app.getVersion(),
      dataDir: core.dataDir,
      platform: process.platform,
    }),
    doctor: () => core.doctor(AbortSignal.timeout(15_000)),
    engineChoice: () => engineWatch.choice(),
    getSettings: async () => settings.get(),
    saveSettings: async (input) => {
      const saved = settings.save(input);
      await engineWatch.refresh();
      return saved;
    },
    listProjects: async () => repos.projects.list(),
    createProject: async ({ name }) => jobs.project(name),
    listJobs: async ({ projectId }) => repos.jobs.list(projectId),
    getJob: async ({ jobId }) => ({ job: jobs.get(jobId), versions: repos.jobs.versions(jobId) }),
    describeJob: async ({ jobId, description }) => jobs.describe(jobId, description),
    versionFiles: async ({ versionId }) => {
      const version = jobs.version(versionId);
      const entries = await jobs.entries(version, FILES_SHOWN + 1);
      return { entries: entries.slice(0, FILES_SHOWN), more: entries.length > FILES_SHOWN };
    },
    versionFileText: async ({ versionId, path }) =>
      fileTextOf(core.snapshots, jobs.version(versionId).source.tree, path),
    chooseFolder: async () => {
      const folder = await askForFolder('Choose the folder that holds the code', ['openDirectory']);
      if (folder === null) return null;
      return grants.grantDropped(folder);
    },
    writeVersionBack: async ({ versionId, operationId }) => {
      const { tree } = jobs.version(versionId).source;
      const title = 'Choose a new or empty folder';
      const folder = await askForFolder(title, ['openDirectory', 'createDirectory']);
      if (folder === null) return null;
      const files = await operations.run(operationId, (control) =>
        core.snapshots.writeTo(tree, folder, control),
      );
      return { folder, files };
    },
    previewFolder: ({ folder, operationId, includeSecrets }) =>
      operations.run(operationId, (control) =>
        jobs.preview(grants.require(folder), includeSecrets, control),
      ),
    createJobFromFolder: ({ operationId, ...request }) =>
      operations.run(operationId, (control) =>
        jobs.createFromFolder({ ...request, folder: grants.require(request.folder) }, control),
      ),
    cancelOperation: async ({ operationId }) => {
      operations.cancel(operationId);
      return {};
    },
    launch: ({ operationId, ...request }) =>
      operations.run(operationId, (control) => runs.launch(request, control)),
    listRuns: async (filter) => repos.runs.list(filter),
    getRun: async ({ runId }) => ({
      run: runs.get(runId),
      events: repos.runs.events(runId),
      steps: repos.steps.of(runId),
    }),
    stopRun: async ({ runId }) => runs.stop(runId),
  };
}

type FolderDialog = ('openDirectory' | 'createDirectory')[];

async function askForFolder(title: string, properties: FolderDialog): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog({ title, properties });
  return canceled ? null : (filePaths[0] ?? null);
}
