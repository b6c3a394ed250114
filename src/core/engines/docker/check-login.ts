import { AppError } from '../../../shared/errors.ts';
import { DockerClient } from './client.ts';
import { whyRefused } from './pull-error.ts';
import { serverAddress } from './registry-login.ts';

export type CheckLogin = (
  registry: string,
  login: { username: string; password: string },
  signal: AbortSignal,
) => Promise<void>;

/**
 * Asks the engine to log in: it is the engine that has to reach the registry later.
 * @param host as in DOCKER_HOST
 * @throws AppError (from what it returns) `E_REGISTRY_AUTH`, `E_REGISTRY_UNREACHABLE`, `E_ENGINE_...`
 */
export function loginChecker(host: string | undefined): CheckLogin {
  const client = new DockerClient(host);
  return async (registry, login, signal) => {
    try {
      await client.checkLogin({ ...login, serveraddress: serverAddress(registry) }, signal);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'E_ENGINE') throw error;
      throw refused(registry, error.message.replaceAll(login.password, '…'));
    }
  };
}

function refused(registry: string, text: string): AppError {
  const code = whyRefused(text.replaceAll(registry, '…'));
  if (code === 'E_REGISTRY_UNREACHABLE') {
    return new AppError(
      code,
      `The registry ${registry} cannot be reached, or Docker does not trust it.`,
      {
        next: 'Check the address, the network, and the settings of the Docker engine for it.',
        detail: text,
      },
    );
  }
  return new AppError('E_REGISTRY_AUTH', `The registry ${registry} refuses the login.`, {
    next: 'Check the user name and the password; some registries want a token instead.',
    detail: text,
  });
}
