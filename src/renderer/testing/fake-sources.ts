import type { Changes } from '../../shared/contract/events.ts';
import { DEFAULT_BUILD } from '../../shared/domain/job.ts';
import type { Handlers } from './handlers.ts';
import { fileComparison, makeComparison } from './fake-comparison.ts';
import { makeJob, makeVersion } from './fake-data.ts';
import { detection, makeInspection } from './fake-inspection.ts';
import { importReport, metricSeries } from './fake-tracked.ts';
import type { World } from './fake-world.ts';

type SourceCommand =
  | 'inspectSource'
  | 'deriveJobName'
  | 'createJob'
  | 'setAlias'
  | 'removeAlias'
  | 'versionDetection'
  | 'versionDockerfile'
  | 'compareVersions'
  | 'compareFile'
  | 'exportVersion'
  | 'importJob'
  | 'runMetricsSince'
  | 'runOutputs'
  | 'openRunOutputs'
  | 'importRuns'
  | 'listWatchedFolders'
  | 'watchFolder'
  | 'unwatchFolder'
  | 'listSecrets'
  | 'saveCredentials'
  | 'saveRunSecret'
  | 'removeSecret';

const DOCKERFILE = `FROM python:3.11-slim
RUN useradd --create-home --uid 1000 slipway
WORKDIR /work
COPY requirements.txt .
RUN --mount=type=cache,target=/root/.cache/pip pip install --requirement requirements.txt
COPY --chown=slipway . /work
USER slipway
`;

/** What the fake main process does about sources, tracked runs and logins. */
export function sourceHandlers(
  world: World,
  changed: (changes: Partial<Changes>) => void,
): Pick<Handlers, SourceCommand> {
  const versionOf = (id: string) => world.versions.find((version) => version.id === id)!;
  const withAliases = (versionId: string, change: (have: string[]) => string[]) => {
    const version = versionOf(versionId);
    version.aliases = change(version.aliases);
    changed({ versions: [{ ...version }] });
    return { ...version };
  };
  const putSecret = (name: string) => {
    world.secrets.names = [...new Set([...world.secrets.names, name])].toSorted();
    return { ...world.secrets };
  };
  return {
    inspectSource: ({ source }) => makeInspection(source.kind === 'git' ? source.address : null),
    deriveJobName: ({ source }) =>
      source.kind === 'folder' ? `job-${source.folder.split('/').at(-1)}` : 'job-derived',
    createJob: ({ source, name, entryPoint, description, build }) => {
      const job = makeJob({
        id: `j${world.jobs.length + 1}`,
        name: name ?? `job-from-${source.kind}`,
        description: description ?? '',
        sourceKind: source.kind === 'folder' ? 'code' : source.kind,
        folder: source.kind === 'folder' ? source.folder : null,
        createdAt: Date.now(),
      });
      const version = makeVersion(job, 0, {
        entryPoint: entryPoint ? entryPoint.split(' ') : [],
        build: { ...DEFAULT_BUILD, context: build?.context ?? '' },
      });
      world.jobs.push(job);
      world.versions.push(version);
      changed({ jobs: [job], versions: [version] });
      return { job, version, created: true, notes: [] };
    },
    setAlias: ({ versionId, alias }) => withAliases(versionId, (have) => [...have, alias]),
    removeAlias: ({ versionId, alias }) =>
      withAliases(versionId, (have) => have.filter((other) => other !== alias)),
    versionDetection: () => detection,
    versionDockerfile: ({ versionId }) =>
      versionOf(versionId).source.kind === 'image' ? null : { text: DOCKERFILE, generated: true },
    compareVersions: ({ before, after }) => makeComparison(versionOf(before), versionOf(after)),
    compareFile: () => fileComparison,
    exportVersion: () => ({ file: '/home/ada/hello-v1.slipway' }),
    importJob: () => ({ job: world.jobs[0]!, notes: [] }),
    runMetricsSince: ({ runId, have }) => ({
      changed:
        world.runs.find(({ id }) => id === runId)?.tracked && have.length === 0
          ? metricSeries().map((series, id) => ({ ...series, id, from: 0 }))
          : [],
      gone: [],
    }),
    runOutputs: () => [
      { path: 'checkpoints', files: 3, bytes: 48_000_000, problem: null },
      { path: 'report.html', files: 0, bytes: 0, problem: 'There is no such file.' },
    ],
    openRunOutputs: ({ runId }) => ({ folder: `/home/ada/.local/share/slipway/outputs/${runId}` }),
    importRuns: () => importReport,
    listWatchedFolders: () => [...world.watched],
    watchFolder: ({ folder, enabled }) => {
      const others = world.watched.filter((watched) => watched.folder !== folder);
      world.watched = [...others, { folder, projectId: 'p1', enabled, createdAt: Date.now() }];
      return [...world.watched];
    },
    unwatchFolder: ({ folder }) => {
      world.watched = world.watched.filter((watched) => watched.folder !== folder);
      return [...world.watched];
    },
    listSecrets: () => ({ ...world.secrets }),
    saveCredentials: ({ kind, host }) => putSecret(`${kind}:${host}`),
    saveRunSecret: ({ name }) => putSecret(`run:${name}`),
    removeSecret: ({ name }) => {
      world.secrets.names = world.secrets.names.filter((other) => other !== name);
      return { ...world.secrets };
    },
  };
}
