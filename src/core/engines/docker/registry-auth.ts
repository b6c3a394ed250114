import type { RegistryCredentials } from '../../secrets/credentials.ts';
import { dockerConfigLogins } from './docker-config.ts';
import { serverAddress, type FindLogin } from './registry-login.ts';

/** Finds a login among Slipway's own secrets, else among those of the docker command line. */
export function registryAuth(
  credentials: Pick<RegistryCredentials, 'get'>,
  env: NodeJS.ProcessEnv = process.env,
): FindLogin {
  const fromDocker = dockerConfigLogins(env);
  return async (registry, signal) => {
    const kept = await credentials.get(registry, signal);
    if (kept) return { ...kept, serveraddress: serverAddress(registry) };
    return fromDocker(registry, signal);
  };
}
