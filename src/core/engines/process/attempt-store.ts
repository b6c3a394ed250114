import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { AppError } from '../../../shared/errors.ts';
import { checkCancelled } from '../../scope.ts';
import type { Snapshots } from '../../snapshots/snapshots.ts';
import type { CreateRequest } from '../engine.ts';
import { deliverBeside, liveVariables } from './delivery.ts';
import { fileError, unlessMissing } from './file-errors.ts';
import { writeOverrides } from './override-files.ts';
import { ATTEMPT_VARIABLE } from './process-group.ts';
import { trackedEnvironment } from '../tracked-environment.ts';
import { programEnvironment, resolveProgram } from './program-environment.ts';
import { removeTree } from './remove-tree.ts';

const attemptSchema = z.object({
  attemptId: z.string(),
  runId: z.string(),
  instanceId: z.string(),
  environmentId: z.string(),
  /** The folder of the code that the program starts in, from the root of its tree. */
  context: z.optional(z.string()),
  /** Absolute path of the program; `argv` has the words as they were given. */
  program: z.string(),
  argv: z.array(z.string()),
  /** The whole environment of the program. */
  env: z.record(z.string(), z.string()),
});

type AttemptRecord = z.infer<typeof attemptSchema>;

export interface Attempt extends AttemptRecord {
  folder: string;
  code: string;
  stdout: string;
  stderr: string;
}

export interface AttemptStore {
  create(request: CreateRequest, signal: AbortSignal): Promise<Attempt>;
  /** Null when it is not there, or its record did not survive a power cut. */
  read(attemptId: string): Promise<Attempt | null>;
  remove(attemptId: string): Promise<void>;
  /** Ids of the attempts of this app instance. */
  list(): Promise<string[]>;
}

const RECORD = 'attempt.json';
/** Folders on their way in or out; an attempt id has no dot. */
const incoming = (id: string): string => `.new-${id}`;
const outgoing = (id: string): string => `.gone-${id}`;

/** Null for a record that is not whole: one broken attempt must not hide the others. */
function recordIn(text: string): AttemptRecord | null {
  try {
    return attemptSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function codeOf({ code }: CreateRequest): { tree: string; context: string } {
  if (code) return code;
  throw new AppError('E_ENGINE_NONE', 'An image can be run by Docker alone.', {
    next: 'Start Docker and launch again.',
  });
}

const place = (folder: string, record: AttemptRecord): Attempt => ({
  ...record,
  folder,
  code: join(folder, 'code', record.context ?? ''),
  stdout: join(folder, 'stdout'),
  stderr: join(folder, 'stderr'),
});

/** Where a program keeps its run folders. */
export const trackedDir = (folder: string): string => join(folder, 'tracked');

/** The folders of attempts: each appears whole, by a rename, and disappears the same way. */
export function createAttemptStore(options: {
  folder: string;
  instanceId: string;
  snapshots: Pick<Snapshots, 'writeTo'>;
  /** The folder `resources`. */
  resources: string;
}): AttemptStore {
  const folderOf = (id: string): string => {
    if (!/^[\w-]{1,64}$/.test(id)) {
      throw new AppError('E_NOT_FOUND', `"${id.slice(0, 100)}" is no attempt.`);
    }
    return join(options.folder, id);
  };

  const read = async (id: string): Promise<Attempt | null> => {
    const folder = folderOf(id);
    const text = await unlessMissing(readFile(join(folder, RECORD), 'utf8'));
    const record = text === null ? null : recordIn(text);
    return record && place(folder, record);
  };

  const fill = async (folder: string, request: CreateRequest, signal: AbortSignal) => {
    const { tree, context } = codeOf(request);
    const root = join(folder, 'code');
    const code = join(root, context);
    await removeTree(folder);
    await mkdir(root, { recursive: true, mode: 0o700 });
    await options.snapshots.writeTo(tree, root, { signal });
    await writeOverrides(code, request.files);
    await deliverBeside(folder, request, options.resources);
    const { attemptId, runId, environmentId, argv } = request;
    const mark = { [ATTEMPT_VARIABLE]: folderOf(attemptId) };
    const tracked = trackedEnvironment(trackedDir(folderOf(attemptId)));
    const live = liveVariables(folderOf(attemptId), request);
    const given = { ...tracked, ...request.env, ...live, ...mark };
    const env = programEnvironment(process.env, environmentId, given);
    await mkdir(trackedDir(folder), { mode: 0o700 });
    const program = await resolveProgram(argv[0] ?? '', code, env['PATH'] ?? '');
    const { instanceId } = options;
    const absolute = resolve(folderOf(attemptId), 'code', context, program);
    const record: AttemptRecord = {
      ...{ attemptId, runId, instanceId, environmentId, context },
      ...{ program: absolute, argv, env },
    };
    await writeFile(join(folder, 'stdout'), '');
    await writeFile(join(folder, 'stderr'), '');
    await writeFile(join(folder, RECORD), JSON.stringify(record, null, 2), { mode: 0o600 });
    return record;
  };

  return {
    read,

    async create(request, signal) {
      const folder = folderOf(request.attemptId);
      const there = await read(request.attemptId);
      if (there) return there;
      checkCancelled(signal, 'Creating the run');
      const made = join(options.folder, incoming(request.attemptId));
      try {
        const record = await fill(made, request, signal);
        checkCancelled(signal, 'Creating the run');
        await rename(made, folder);
        return place(folder, record);
      } catch (error) {
        await removeTree(made);
        throw fileError(error, options.folder);
      }
    },

    async remove(id) {
      const folder = folderOf(id);
      const gone = join(options.folder, outgoing(id));
      await removeTree(gone);
      await unlessMissing(rename(folder, gone));
      await removeTree(gone);
      await removeTree(join(options.folder, incoming(id)));
    },

    async list() {
      const names = (await unlessMissing(readdir(options.folder))) ?? [];
      const attempts = await Promise.all(names.filter((name) => !name.startsWith('.')).map(read));
      return attempts
        .filter((attempt) => attempt?.instanceId === options.instanceId)
        .flatMap((attempt) => (attempt ? [attempt.attemptId] : []));
    },
  };
}
