import { CODE_FOLDER, HOME_FOLDER, JOB_USER } from '../../build/dockerfile.ts';
import type { CreateRequest } from '../engine.ts';
import { trackedEnvironment } from '../tracked-environment.ts';
import { TRACKED_DIR } from './collect.ts';

export const CONTAINER_LABELS = {
  app: 'dev.slipway.app',
  instance: 'dev.slipway.instance',
  attempt: 'dev.slipway.attempt',
} as const;

export const containerName = (attemptId: string): string => `slipway-${attemptId}`;

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
function ownLayout({ argv, env }: CreateRequest): Record<string, unknown> {
  return {
    Entrypoint: argv,
    Cmd: [],
    Env: variables({ ...COMMON, HOME: HOME_FOLDER, ...env }),
    User: `${JOB_USER.uid}:${JOB_USER.gid}`,
    WorkingDir: CODE_FOLDER,
    StopSignal: 'SIGINT',
  };
}

/** The image's own user, folder and environment hold; an entry point takes the place of the image's. */
function imageLayout({ argv, env }: CreateRequest): Record<string, unknown> {
  const [program, ...rest] = argv;
  return {
    ...(program !== undefined && { Entrypoint: [program], Cmd: rest }),
    Env: variables({ ...COMMON, ...env }),
  };
}

const variables = (env: Record<string, string>): string[] =>
  Object.entries(env).map(([name, value]) => `${name}=${value}`);

/** Programs of our own images need no more; others expect what Docker gives by itself. */
const LEAST_RIGHTS = {
  SecurityOpt: ['no-new-privileges'],
  CapDrop: ['ALL'],
  CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETUID', 'SETGID'],
};

/**
 * The body of a create call. Least rights that ordinary images still work with; no restart and no
 * removal by the engine, since both would hide how the run ended.
 */
export function containerSpec(
  request: CreateRequest,
  instanceId: string,
  driver: 'local' | 'json-file',
): Record<string, unknown> {
  const own = request.layout === 'slipway';
  return {
    Image: request.environmentId,
    ...(own ? ownLayout(request) : imageLayout(request)),
    Tty: false,
    OpenStdin: false,
    Labels: {
      [CONTAINER_LABELS.app]: '1',
      [CONTAINER_LABELS.instance]: instanceId,
      [CONTAINER_LABELS.attempt]: request.attemptId,
    },
    HostConfig: {
      Init: true,
      LogConfig: logConfig(driver),
      ...(own ? LEAST_RIGHTS : { SecurityOpt: ['no-new-privileges'] }),
      PidsLimit: 1024,
      ...(request.settings.dockerNetwork && { NetworkMode: request.settings.dockerNetwork }),
    },
  };
}
