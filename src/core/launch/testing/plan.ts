import { DEFAULT_BUILD, NO_ENVIRONMENT, type JobVersion } from '../../../shared/domain/job.ts';
import type { InputField } from '../../../shared/domain/inputs.ts';
import {
  EMPTY_SPEC,
  type LaunchPlan,
  type LaunchSpec,
} from '../../../shared/domain/launch-spec.ts';
import type { EngineStatus } from '../../../shared/domain/engine.ts';
import type { EngineKind } from '../../../shared/domain/run.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../shared/domain/settings.ts';
import type { Engine } from '../../engines/engine.ts';
import { EngineChooser } from '../../host/engine-chooser.ts';
import { Planner, type PlannerParts, type PlanRequest } from '../planner.ts';

export const VERSION: JobVersion = {
  id: 'v',
  jobId: 'j',
  number: 0,
  digest: 'd',
  aliases: [],
  source: { kind: 'code', tree: 'tree', files: 1, bytes: 1, folder: null, includedSecrets: [] },
  entryPoint: ['python', 'train.py'],
  environment: NO_ENVIRONMENT,
  build: DEFAULT_BUILD,
  types: null,
  inputSchema: null,
  createdAt: 0,
};

export const IMAGE: JobVersion = {
  ...VERSION,
  source: {
    kind: 'image',
    reference: 'busybox:1',
    digest: 'sha256:0',
    local: true,
    platform: 'linux/amd64',
    command: ['run-me', 'now'],
  },
  entryPoint: [],
};

interface Given {
  spec?: Partial<LaunchSpec>;
  fields?: InputField[];
  /** Files of the code, by path from the root of the tree. */
  files?: Record<string, string>;
  parts?: Partial<PlannerParts>;
  request?: Partial<PlanRequest>;
  /** Why Docker cannot be used; null where it can. */
  docker?: string | null;
  /** The engine of the settings. */
  setting?: Settings['engine'];
}

/** Finds the process engine, and Docker where that can be used. */
function chooserWhere(docker: string | null, engine: Settings['engine']): EngineChooser {
  const status = async (kind: EngineKind): Promise<EngineStatus> => {
    const isAway = kind === 'docker' && docker !== null;
    return { kind, available: !isAway, text: isAway ? docker : kind, fix: null, since: null };
  };
  return new EngineChooser({
    engine: (kind) => ({ status: () => status(kind) }) as Partial<Engine> as Engine,
    settings: () => ({ ...DEFAULT_SETTINGS, engine }),
  });
}

/** What a planner with these inputs, files and parts says of a spec. */
export function planOf({
  spec,
  fields = [],
  files = {},
  parts,
  request,
  docker = null,
  setting = 'auto',
}: Given): Promise<LaunchPlan> {
  const planner = new Planner({
    inputs: { schema: () => Promise.resolve({ fields, presets: [], notes: [] }) },
    snapshots: {
      readFile: (_tree, path, limit) => {
        const text = files[path];
        return Promise.resolve(text === undefined ? null : Buffer.from(text).subarray(0, limit));
      },
    },
    settings: () => DEFAULT_SETTINGS,
    secretNames: () => ['run:HF_TOKEN', 'registry:docker.io'],
    chooser: chooserWhere(docker, setting),
    checkRun: () => Promise.resolve([]),
    forbiddenMounts: [],
    ...parts,
  });
  return planner.plan({
    version: VERSION,
    entryPoint: request?.version?.entryPoint ?? VERSION.entryPoint,
    engine: null,
    spec: { ...EMPTY_SPEC, ...spec },
    ...request,
  });
}
