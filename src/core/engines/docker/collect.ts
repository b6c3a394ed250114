import { posix } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { CollectedOutput } from '../engine.ts';
import {
  collectEach,
  CopyBudget,
  NOT_PLAIN,
  NOTHING_THERE,
  outputPlace,
  type Copied,
  type OutputPlace,
} from '../outputs.ts';
import { TRACKED_FOLDER } from '../tracked-environment.ts';
import type { DockerClient } from './client.ts';
import { unpack } from './unpack.ts';

/**
 * Where programs in containers are told to keep their run folders: it is there in nearly every image,
 * for every user.
 */
export const TRACKED_DIR = '/tmp';

/** See `Engine.collect`. */
export async function collect(
  client: DockerClient,
  ref: string,
  folder: string,
  signal: AbortSignal,
): Promise<boolean> {
  const path = `${TRACKED_DIR}/${TRACKED_FOLDER}`;
  if ((await client.files.stat(ref, path, signal))?.kind !== 'folder') return false;
  const archive = await client.files.archive(ref, path, signal);
  const { stopped } = await unpack(archive, TRACKED_FOLDER, folder, new CopyBudget(), signal);
  if (stopped) throw tooMuch();
  return true;
}

const tooMuch = (): AppError =>
  new AppError('E_SOURCE_LIMIT', 'The run left more run files behind than are copied.', {
    next: 'Log less, or write large outputs elsewhere.',
  });

/** See `Engine.collectOutputs`. */
export async function collectOutputs(
  client: DockerClient,
  ref: string,
  paths: readonly string[],
  folder: string,
  signal: AbortSignal,
): Promise<CollectedOutput[]> {
  const container = await client.inspectContainer(ref, signal);
  const code = container?.Config.WorkingDir || '/';
  const copy = (place: OutputPlace, budget: CopyBudget): Promise<Copied | string> =>
    copyOut(client, ref, place, budget, signal);
  return collectEach(paths, (path) => outputPlace(code, path, folder), copy);
}

async function copyOut(
  client: DockerClient,
  ref: string,
  { source, target }: OutputPlace,
  budget: CopyBudget,
  signal: AbortSignal,
): Promise<Copied | string> {
  if (source === '/') return 'A whole container is not kept.';
  const there = await client.files.stat(ref, source, signal);
  if (there === null) return NOTHING_THERE;
  if (there.kind !== 'file' && there.kind !== 'folder') return NOT_PLAIN;
  const archive = await client.files.archive(ref, source, signal);
  return unpack(archive, posix.basename(source), target, budget, signal);
}
