import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GitHttpServer,
  type GitHttpOptions,
} from '../../src/core/sources/git/testing/git-http-server.ts';
import { TestRepository } from '../../src/core/sources/git/testing/git-repository.ts';
import { test as base, type Slipway } from './cli.ts';

/** Repositories of a test, and servers on loopback that have them. */
export interface Served {
  /** The folder that holds them. */
  root: string;
  /** Makes a repository with these files in its first commit. */
  repository(path: string, files: Record<string, string>, branch?: string): TestRepository;
  /** Starts a server; it ends with the test. */
  start(options?: Partial<GitHttpOptions>): Promise<GitHttpServer>;
  /** Takes repositories and servers away before the test ends. */
  remove(): Promise<void>;
}

export const test = base.extend<{ served: Served }>({
  served: async ({ folder }, use) => {
    const root = join(folder, 'served');
    const servers: GitHttpServer[] = [];
    const remove = async () => {
      for (const server of servers.splice(0)) await server.stop();
      await rm(root, { recursive: true, force: true });
    };
    const start: Served['start'] = async (options) => {
      const server = await GitHttpServer.start({ root, ...options });
      servers.push(server);
      return server;
    };
    await use({ root, start, remove, repository: repositoryIn(root) });
    await remove();
  },
});

const repositoryIn =
  (root: string): Served['repository'] =>
  (path, files, branch) => {
    const repository = new TestRepository(join(root, path), branch);
    for (const [file, text] of Object.entries(files)) repository.write(file, text);
    repository.commit();
    return repository;
  };

/** Code that prints a word. */
export const say = (word: string): string => `print(${JSON.stringify(word)})\n`;

/** Launches a ref of a repository on this machine's own Python. */
export const launchRef = (slipway: Slipway, address: string, ...more: string[]) =>
  slipway.run(
    ...['launch', '--uri', address, '--job-name', 'refs', '--entry-point', 'python main.py'],
    ...['--engine', 'process', ...more],
  );

export { expect } from './cli.ts';
