import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Mount } from '../../../shared/domain/launch-spec.ts';
import { AppError } from '../../../shared/errors.ts';
import type { CreateRequest, DeliveredFile } from '../engine.ts';
import { liveModule } from '../live-module.ts';
import { overrideParts, overrideRefused } from '../override-path.ts';
import { secretFiles } from '../secret-files.ts';
import { isBelow, plain } from './check-run.ts';
import type { DockerClient } from './client.ts';
import { containerUid } from './container-user.ts';
import { PYTHON_FOLDER, RUN_FOLDER, SECRETS_FOLDER, START_SCRIPT } from './in-container.ts';
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
  const { files, secrets, live } = request;
  if (files.length === 0 && secrets.length === 0 && live === null) return;
  const ref = container.Id;
  const uid = await containerUid(client.files, ref, container.Config.User ?? '', signal);
  const code = container.Config.WorkingDir || '/';
  if (files.length > 0) {
    const place = { client, ref, code, uid: uid ?? 0, mounts: request.run.mounts };
    const entries = await overrides(place, files, signal);
    await client.files.put(ref, code, await tarArchive(entries), signal);
  }
  const own = [
    ...(secrets.length > 0 ? await secretEntries(request, uid, resources) : []),
    ...(live === null ? [] : await moduleEntries(resources)),
  ];
  if (own.length === 0) return;
  if (secrets.length > 0) await requireShell(client, ref, signal);
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

async function moduleEntries(resources: string): Promise<TarEntry[]> {
  const files = await liveModule(resources);
  return [
    folder(PYTHON_FOLDER, 0o755),
    ...files.map(({ name, bytes }) => ({
      path: inArchive(`${PYTHON_FOLDER}/${name}`),
      ...{ bytes, mode: 0o444, uid: 0 },
    })),
  ];
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

interface Place {
  client: DockerClient;
  ref: string;
  /** The folder of the code in the container. */
  code: string;
  uid: number;
  mounts: Mount[];
}

/** The files with the folders that they need and that are not there. */
async function overrides(
  place: Place,
  files: readonly DeliveredFile[],
  signal: AbortSignal,
): Promise<TarEntry[]> {
  const made = new Map<string, TarEntry>();
  for (const { path, bytes } of files) {
    const parts = overrideParts(path);
    requireNoMount(place, path, parts);
    for (let depth = 1; depth < parts.length; depth += 1) {
      const above = parts.slice(0, depth).join('/');
      if (made.has(above) || (await isFolder(place, path, above, signal))) continue;
      made.set(above, { path: above, bytes: null, mode: 0o755, uid: place.uid });
    }
    const name = parts.join('/');
    const there = await place.client.files.stat(place.ref, posix.join(place.code, name), signal);
    if (there?.kind === 'folder') throw overrideRefused(path, 'there is a folder of that name');
    // A link is replaced, never followed.
    const mode = there?.kind === 'file' ? there.mode : 0o644;
    made.set(name, { path: name, bytes, mode, uid: place.uid });
  }
  return [...made.values()];
}

/** False when nothing is there. */
async function isFolder(
  { client, ref, code }: Place,
  path: string,
  above: string,
  signal: AbortSignal,
): Promise<boolean> {
  const there = await client.files.stat(ref, posix.join(code, above), signal);
  if (there === null || there.kind === 'folder') return there !== null;
  const what = there.kind === 'link' ? 'a link' : 'no folder';
  throw overrideRefused(path, `"${above}" is ${what}`);
}

/** A file there would be written into a folder of this machine. */
function requireNoMount({ code, mounts }: Place, path: string, parts: string[]): void {
  const full = posix.join(code, ...parts);
  const mount = mounts.find(({ target }) => isBelow(`${full}/`, plain(target)));
  if (mount) throw overrideRefused(path, `a folder of this machine is mounted at ${mount.target}`);
}
