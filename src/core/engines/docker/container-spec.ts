import type { RunSettings } from '../../../shared/domain/launch-spec.ts';
import { CODE_FOLDER, HOME_FOLDER, JOB_USER } from '../../build/dockerfile.ts';
import type { CreateRequest } from '../engine.ts';
import { liveEnvironment } from '../live-module.ts';
import { trackedEnvironment } from '../tracked-environment.ts';
import { TRACKED_DIR } from './collect.ts';
import { LIVE_FOLDER, PYTHON_FOLDER, START_WORDS } from './in-container.ts';

/** What labels of Slipway's own begin with; no run may set one. */
export const OWN_LABELS = 'dev.slipway.';

export const CONTAINER_LABELS = {
  app: `${OWN_LABELS}app`,
  instance: `${OWN_LABELS}instance`,
  attempt: `${OWN_LABELS}attempt`,
} as const;

export const containerName = (attemptId: string): string => `slipway-${attemptId}`;

/** What a container is made of beside the request. */
export interface SpecParts {
  instanceId: string;
  driver: 'local' | 'json-file';
  /** Of the image: its environment, and what it starts by itself. */
  image: { env: string[]; command: string[] };
}

/**
 * Logs are ours to read until the run is sealed, whatever the engine's default is: nothing may be
 * rotated away. `local` keeps bytes exactly; `json-file` is for engines without it, and replaces
 * bytes that are not UTF-8.
 */
function logConfig(driver: 'local' | 'json-file'): Record<string, unknown> {
  const oneHugeFile = { 'max-size': '1000g', 'max-file': '1' };
  return {
    Type: driver,
    Config: driver === 'local' ? { ...oneHugeFile, compress: 'false' } : oneHugeFile,
  };
}

const COMMON = { PYTHONUNBUFFERED: '1', ...trackedEnvironment(TRACKED_DIR) };

/** What makes a container that of Slipway's own images: their user, working folder and home. */
function ownLayout(request: CreateRequest, live: Record<string, string>): Record<string, unknown> {
  const { argv, env, secrets, run } = request;
  return {
    Entrypoint: secrets.length > 0 ? [...START_WORDS, ...argv] : argv,
    Cmd: [],
    Env: variables({ ...COMMON, HOME: HOME_FOLDER, ...env, ...live }),
    User: run.user ?? `${JOB_USER.uid}:${JOB_USER.gid}`,
    WorkingDir: CODE_FOLDER,
  };
}

/** The image's own user, folder and environment hold; an entry point takes the place of the image's. */
function imageLayout(
  { argv, env, secrets, run }: CreateRequest,
  live: Record<string, string>,
  command: string[],
): Record<string, unknown> {
  const words = secrets.length > 0 && argv.length === 0 ? command : argv;
  const [program, ...rest] = words;
  const start =
    secrets.length > 0
      ? { Entrypoint: START_WORDS, Cmd: words }
      : program !== undefined && { Entrypoint: [program], Cmd: rest };
  return {
    ...start,
    Env: variables({ ...COMMON, ...env, ...live }),
    ...(run.user !== null && { User: run.user }),
  };
}

const variables = (env: Record<string, string>): string[] =>
  Object.entries(env).map(([name, value]) => `${name}=${value}`);

/** What programs need that were written to run as root, and to go on as another user. */
const CAPABILITIES = ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETUID', 'SETGID'];
/** What servers in images of others are seen to need besides. */
const MORE_CAPABILITIES = ['FSETID', 'KILL', 'NET_BIND_SERVICE'];

/** Least rights that ordinary images still work with, whatever the defaults of the engine are. */
const hardening = (own: boolean): Record<string, unknown> => ({
  SecurityOpt: ['no-new-privileges'],
  CapDrop: ['ALL'],
  CapAdd: own ? CAPABILITIES : [...CAPABILITIES, ...MORE_CAPABILITIES],
  Privileged: false,
  IpcMode: 'private',
  Init: true,
});

const PIDS = 1024;

function limits(run: RunSettings): Record<string, unknown> {
  return {
    PidsLimit: run.pids ?? PIDS,
    ...(run.cpus !== null && { NanoCpus: Math.round(run.cpus * 1e9) }),
    // As much with swap as without: a run that needs more is told so, instead of crawling.
    ...(run.memoryBytes !== null && { Memory: run.memoryBytes, MemorySwap: run.memoryBytes }),
    ...(run.shmBytes !== null && { ShmSize: run.shmBytes }),
    ...(run.gpus !== null && { DeviceRequests: [gpuRequest(run.gpus)] }),
  };
}

/** As `docker run --gpus` asks for them. */
const gpuRequest = (gpus: 'all' | number): Record<string, unknown> => ({
  Driver: '',
  Count: gpus === 'all' ? -1 : gpus,
  Capabilities: [['gpu']],
});

const bind = (Source: string, Target: string, ReadOnly: boolean): Record<string, unknown> => ({
  Type: 'bind',
  ...{ Source, Target, ReadOnly },
});

/** As `Mounts`: for the older `Binds` the engine makes a source that is not there. */
const mounts = ({ run, live }: CreateRequest): Record<string, unknown>[] => [
  ...run.mounts.map(({ source, target, readOnly }) => bind(source, target, readOnly)),
  ...(live === null ? [] : [bind(live, LIVE_FOLDER, false)]),
];

function network({ run, settings }: CreateRequest): Record<string, unknown> {
  if (!run.network) return { NetworkMode: 'none' };
  return settings.dockerNetwork ? { NetworkMode: settings.dockerNetwork } : {};
}

function labels({ run, attemptId }: CreateRequest, instanceId: string): Record<string, string> {
  const given = Object.entries(run.labels).filter(([name]) => !name.startsWith(OWN_LABELS));
  return {
    ...Object.fromEntries(given),
    [CONTAINER_LABELS.app]: '1',
    [CONTAINER_LABELS.instance]: instanceId,
    [CONTAINER_LABELS.attempt]: attemptId,
  };
}

/**
 * The body of a create call. No restart and no removal by the engine, since both would hide how the
 * run ended; no secret, since all of it can be looked at for as long as the container is there.
 */
export function containerSpec(
  request: CreateRequest,
  { instanceId, driver, image }: SpecParts,
): Record<string, unknown> {
  const own = request.layout === 'slipway';
  const before = request.env['PYTHONPATH'] ?? valueOf(image.env, 'PYTHONPATH');
  const live = request.live === null ? {} : liveEnvironment(LIVE_FOLDER, PYTHON_FOLDER, before);
  return {
    Image: request.environmentId,
    ...(own ? ownLayout(request, live) : imageLayout(request, live, image.command)),
    Tty: false,
    OpenStdin: false,
    // What the W&B SDK and Python take as a wish to end, so that a stop from outside loses nothing.
    StopSignal: 'SIGINT',
    Labels: labels(request, instanceId),
    HostConfig: {
      ...hardening(own),
      ...limits(request.run),
      LogConfig: logConfig(driver),
      Mounts: mounts(request),
      ...network(request),
    },
  };
}

const valueOf = (env: string[], name: string): string | undefined =>
  env.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
