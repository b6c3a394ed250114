/** A login in the form the engine takes it. Never to be logged, stored or put into an error. */
export type RegistryLogin =
  | { username: string; password: string; serveraddress: string }
  | { identitytoken: string; serveraddress: string };

/** Finds the login that is kept for a registry (`docker.io`, `host:5000`); null when none is. */
export type FindLogin = (registry: string, signal: AbortSignal) => Promise<RegistryLogin | null>;

/** What Docker calls Docker Hub in its logins. */
export const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';

/** The name under which Docker keeps the login of a registry. */
export const serverAddress = (registry: string): string =>
  registry === 'docker.io' ? DOCKER_HUB_KEY : registry;
