import { join } from 'node:path';
import type { EngineKind } from '../../shared/domain/run.ts';
import type { Clock } from '../clock.ts';
import { newId } from '../db/ids.ts';
import type { SettingsRepo } from '../db/settings-repo.ts';
import { registryCredentials } from '../secrets/credentials.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import { createDockerEngine } from './docker/create-docker-engine.ts';
import { registryAuth } from './docker/registry-auth.ts';
import type { Engine } from './engine.ts';
import { createProcessEngine } from './process/create-process-engine.ts';

export interface EngineParts {
  dataDir: string;
  /** The folder `resources`. */
  resources: string;
  /** Address of the Docker engine, as in DOCKER_HOST; without it, that variable or the usual socket. */
  dockerHost: string | undefined;
  snapshots: Snapshots;
  clock: Clock;
  settings: Pick<SettingsRepo, 'metaOnce'>;
  secretStore: SecretStore;
}

/** Every engine there is, by its kind. Nothing is started, and nothing is asked of them yet. */
export function openEngines(parts: EngineParts): (kind: EngineKind) => Engine {
  const { dataDir, resources, dockerHost, snapshots, clock, settings, secretStore } = parts;
  const instanceId = settings.metaOnce('instance', newId);
  const common = { snapshots, instanceId, clock, resources };
  const all: Record<EngineKind, Engine> = {
    docker: createDockerEngine({
      ...common,
      dockerHost,
      findLogin: registryAuth(registryCredentials(secretStore)),
    }),
    process: createProcessEngine({ ...common, folder: join(dataDir, 'process') }),
  };
  return (kind) => all[kind];
}
