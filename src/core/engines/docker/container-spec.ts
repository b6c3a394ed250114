import { CODE_FOLDER, HOME_FOLDER, JOB_USER } from '../../build/dockerfile.ts';
import type { CreateRequest } from '../engine.ts';

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

/**
 * The body of a create call. Least rights that ordinary images still work with; no restart and no
 * removal by the engine, since both would hide how the run ended.
 */
export function containerSpec(
  request: CreateRequest,
  instanceId: string,
  driver: 'local' | 'json-file',
): Record<string, unknown> {
  const env = { PYTHONUNBUFFERED: '1', HOME: HOME_FOLDER, ...request.env };
  return {
    Image: request.environmentId,
    Entrypoint: request.argv,
    Cmd: [],
    Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
    User: `${JOB_USER.uid}:${JOB_USER.gid}`,
    WorkingDir: CODE_FOLDER,
    Tty: false,
    OpenStdin: false,
    StopSignal: 'SIGINT',
    Labels: {
      [CONTAINER_LABELS.app]: '1',
      [CONTAINER_LABELS.instance]: instanceId,
      [CONTAINER_LABELS.attempt]: request.attemptId,
    },
    HostConfig: {
      Init: true,
      LogConfig: logConfig(driver),
      SecurityOpt: ['no-new-privileges'],
      CapDrop: ['ALL'],
      CapAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETUID', 'SETGID'],
      PidsLimit: 1024,
      ...(request.settings.dockerNetwork && { NetworkMode: request.settings.dockerNetwork }),
    },
  };
}
