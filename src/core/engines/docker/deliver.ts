import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { CreateRequest } from '../engine.ts';
import { liveModule } from '../live-module.ts';
import { secretFiles } from '../secret-files.ts';
import type { DockerClient } from './client.ts';
import { containerUid } from './container-user.ts';
import { MODULE_FOLDER, RUN_FOLDER, SECRETS_FOLDER, START_SCRIPT } from './in-container.ts';
import { requirePlainMounts } from './mount-links.ts';
import { overrideEntries } from './override-entries.ts';
import type { ContainerAnswer } from './schemas.ts';
import { tarArchive, type TarEntry } from './tar-archive.ts';

interface DeliverParts {
  client: DockerClient;
  /** The folder `resources`. */
  resources: string;
}

/**
 * Puts files and secrets into a container that has not started. Doing it again makes it the same, so
 * that a container which was found after a crash is whole.
 * @throws AppError `E_OVERRIDE_FILE`, `E_SECRET_SHELL`, `E_ENV_KEY`
 */
export async function deliver(
  { client, resources }: DeliverParts,
  container: ContainerAnswer,
  request: CreateRequest,
  signal: AbortSignal,
): Promise<void> {
  const { files, secrets, live, run } = request;
  await requirePlainMounts(client.files, container, request, signal);
  if (live !== null) await writeModule(join(live, MODULE_FOLDER), resources);
  if (files.length === 0 && secrets.length === 0) return;
  const ref = container.Id;
  const uid = await containerUid(client.files, ref, container.Config.User ?? '', signal);
  const code = container.Config.WorkingDir || '/';
  if (files.length > 0) {
    const place = { files: client.files, ref, code, uid: uid ?? 0, mounts: run.mounts };
    const entries = await overrideEntries(place, files, signal);
    await client.files.put(ref, code, await tarArchive(entries), signal);
  }
  if (secrets.length === 0) return;
  const own = await secretEntries(request, uid, resources);
  await requireShell(client, ref, signal);
  await client.files.put(ref, '/', await tarArchive([folder(RUN_FOLDER, 0o755), ...own]), signal);
}

const inArchive = (path: string): string => path.slice(1);

const folder = (path: string, mode: number, uid = 0): TarEntry => ({
  path: inArchive(path),
  bytes: null,
  ...{ mode, uid },
});

/**
 * Secrets are the program's user's alone to read. Where that is a name that `/etc/passwd` does not
 * explain (it is a link in some images), every user of the container may read them.
 */
async function secretEntries(
  { secrets }: CreateRequest,
  uid: number | null,
  resources: string,
): Promise<TarEntry[]> {
  const mode = uid === null ? 0o444 : 0o400;
  const files = secretFiles(secrets).map(({ name, bytes }) => ({
    path: inArchive(`${SECRETS_FOLDER}/${name}`),
    ...{ bytes, mode, uid: uid ?? 0 },
  }));
  const script = await readFile(join(resources, 'start.sh'));
  return [
    { path: inArchive(START_SCRIPT), bytes: script, mode: 0o555, uid: 0 },
    uid === null ? folder(SECRETS_FOLDER, 0o755) : folder(SECRETS_FOLDER, 0o500, uid),
    ...files,
  ];
}

/** Into the folder that is mounted anyway: a call to the engine for it would take longer than a short run. */
async function writeModule(target: string, resources: string): Promise<void> {
  await mkdir(target, { recursive: true });
  // The modes given to what makes them are cut by the umask, and the program may be any user.
  await chmod(target, 0o755);
  for (const { name, bytes } of await liveModule(resources)) {
    await writeFile(join(target, name), bytes);
    await chmod(join(target, name), 0o644);
  }
}

async function requireShell(client: DockerClient, ref: string, signal: AbortSignal): Promise<void> {
  if ((await client.files.stat(ref, '/bin/sh', signal)) !== null) return;
  throw new AppError(
    'E_SECRET_SHELL',
    'The image has no /bin/sh, which hands secrets to the program.',
    {
      next: 'Use an image with a shell, or mount a folder with the secret in a file and let the program read that.',
    },
  );
}
