import { parse } from 'yaml';
import { noValues } from '../../shared/domain/json.ts';
import { isRecord } from '../../shared/is-record.ts';
import { parseValue, textValue, toValue } from './json-values.ts';
import type { RunFiles } from './run-files.ts';
import type {
  ConsolePiece,
  TrackedEnvironment,
  TrackedValue,
  TrackedValues,
} from './tracked-run.ts';
import { timeOrNull } from './wire-parts.ts';

/** Largest files that are taken, in bytes. */
const LIMITS = { yaml: 512 << 10, json: 16 << 20, requirements: 1 << 20, patch: 32 << 20 };
/** `output.log` is handed on in pieces of this size. */
const PIECE = 256 << 10;
/** Aliases a YAML file may have, and how often they may repeat one node: each is looked for anew. */
const ALIAS_LIMIT = 100;
const ALIAS = /[\s,[{:-]\*[^\s,\]}]/g;

const METADATA_TEXTS = [
  'os',
  'python',
  'program',
  'codePath',
  'codePathLocal',
  'root',
  'host',
  'username',
  'executable',
  'docker',
] as const satisfies (keyof TrackedEnvironment)[];

/** `wandb-metadata.json`, which the SDK writes online and wrote offline up to 0.20. */
export async function readMetadata(files: RunFiles): Promise<Partial<TrackedEnvironment>> {
  const metadata = await readJson(files, 'files/wandb-metadata.json');
  const found: Partial<TrackedEnvironment> = {};
  for (const name of METADATA_TEXTS) {
    const text = textValue(metadata[name]);
    if (text !== null) found[name] = text;
  }
  const { git, args, startedAt } = metadata;
  if (Array.isArray(args)) found.args = args.map(String);
  if (isRecord(git)) {
    found.git = { remote: textValue(git['remote']), commit: textValue(git['commit']) };
  }
  if (typeof startedAt === 'string') found.startedAt = timeOrNull(Date.parse(startedAt));
  return found;
}

export const readSummary = (files: RunFiles): Promise<TrackedValues> =>
  readJson(files, 'files/wandb-summary.json');

/** `config.yaml`: each name has its value in `value`, older files with a description beside it. */
export async function readConfig(files: RunFiles): Promise<TrackedValues> {
  const bytes = await files.bytes('files/config.yaml', LIMITS.yaml);
  const config = noValues();
  if (!bytes) return config;
  const document = await files.attempt('files/config.yaml', async () =>
    parseYaml(bytes.toString()),
  );
  for (const [name, entry] of Object.entries(isRecord(document) ? document : {})) {
    const value = valueOf(entry);
    if (value !== undefined) config[name] = value;
  }
  return config;
}

function parseYaml(text: string): TrackedValue {
  if ((text.match(ALIAS)?.length ?? 0) > ALIAS_LIMIT) throw new Error('It has too many aliases.');
  const data: unknown = parse(text, {
    schema: 'core',
    customTags: [],
    maxAliasCount: ALIAS_LIMIT,
    // The check compares every name with all others; the last one counts, as for the SDK.
    uniqueKeys: false,
    // Warnings are no failures; "silent" would pass over errors too.
    logLevel: 'error',
  });
  return toValue(data);
}

const valueOf = (entry: TrackedValue): TrackedValue | undefined =>
  isRecord(entry) ? entry['value'] : undefined;

async function readJson(files: RunFiles, path: string): Promise<TrackedValues> {
  const bytes = await files.bytes(path, LIMITS.json);
  if (!bytes) return noValues();
  const value = await files.attempt(path, async () => parseValue(bytes.toString('utf8')));
  if (isRecord(value)) return value;
  if (value !== null) files.note(path, 'It holds no names and values.');
  return noValues();
}

export async function readRequirements(files: RunFiles): Promise<string | null> {
  const bytes = await files.bytes('files/requirements.txt', LIMITS.requirements);
  if (!bytes?.includes(0)) return bytes?.toString('utf8') ?? null;
  files.note('files/requirements.txt', 'It is no text.');
  return null;
}

/** The changes that were not committed; null when there were none. */
export async function readPatch(files: RunFiles): Promise<Buffer | null> {
  const bytes = await files.bytes('files/diff.patch', LIMITS.patch);
  return bytes && bytes.length > 0 ? bytes : null;
}

/** `output.log`, which tells neither times nor streams: all of it counts as stdout. */
export async function readOutputLog(
  files: RunFiles,
  take: (piece: ConsolePiece) => Promise<void>,
): Promise<void> {
  await files.attempt('files/output.log', async () => {
    const file = await files.open('files/output.log');
    if (!file) return;
    try {
      const { size } = await file.stat();
      for (let at = 0; at < size;) {
        const bytes = Buffer.alloc(Math.min(PIECE, size - at));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
        if (bytesRead === 0) return;
        await take({ stream: 'stdout', time: null, bytes: bytes.subarray(0, bytesRead) });
        at += bytesRead;
      }
    } finally {
      await file.close();
    }
  });
}
