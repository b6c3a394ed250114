import * as z from 'zod/mini';
import {
  buildPlanSchema,
  environmentPlanSchema,
  sourceSchema,
  type Source,
} from '../../shared/domain/job.ts';
import { jsonValuesSchema } from '../../shared/domain/json.ts';
import { checkName } from '../../shared/domain/names.ts';
import { AppError } from '../../shared/errors.ts';
import { ARCHIVE_LIMITS, badArchive } from './archive-format.ts';
import { checkVersion } from './check-version.ts';

const FORMAT = 'slipway-versions';
const FORMAT_NUMBER = 1;
/** The last moment that a date can express, in milliseconds since 1970. */
const LAST_DATE = 8.64e15;

const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const count = z.int().check(z.minimum(0));

const versionSchema = z.strictObject({
  number: count,
  aliases: z.array(z.string()),
  source: sourceSchema,
  entryPoint: z.array(z.string()),
  environment: environmentPlanSchema,
  build: buildPlanSchema,
  types: z.nullable(z.object({ inputs: z.unknown(), outputs: z.unknown() })),
  /** Only of versions that have one. */
  inputSchema: z.optional(jsonValuesSchema),
  createdAt: count.check(z.maximum(LAST_DATE)),
});

/** A version as it travels. */
export type ArchivedVersion = z.infer<typeof versionSchema>;

const manifestSchema = z.strictObject({
  format: z.literal(FORMAT),
  formatNumber: z.literal(FORMAT_NUMBER),
  /** The Slipway that wrote it: for people who look into the file. */
  writtenBy: z.string(),
  job: z.strictObject({ name: z.string(), project: z.string(), description: z.string() }),
  /** Every tree the versions name, by digest, with the bytes of its encoding. */
  trees: z.array(z.strictObject({ digest, size: count.check(z.maximum(ARCHIVE_LIMITS.tree)) })),
  /** Oldest first. */
  versions: z.array(versionSchema).check(z.minLength(1), z.maxLength(ARCHIVE_LIMITS.versions)),
});

/** The first entry of an archive. */
export type Manifest = z.infer<typeof manifestSchema>;

/** A manifest before the snapshots know the sizes of their trees. */
export type ManifestDraft = Omit<Manifest, 'trees' | 'format' | 'formatNumber'>;

/** The trees a source needs to be what it is: that of a changed commit is shown against its base. */
export function treesOf(source: Source): string[] {
  if (source.kind === 'image') return [];
  const base = source.kind === 'git' ? source.dirty?.base : undefined;
  return base === undefined ? [source.tree] : [source.tree, base];
}

export function encodeManifest(draft: ManifestDraft, trees: Manifest['trees']): Buffer {
  const manifest: Manifest = { format: FORMAT, formatNumber: FORMAT_NUMBER, ...draft, trees };
  const bytes = Buffer.from(JSON.stringify(manifest, null, 2), 'utf8');
  if (bytes.length <= ARCHIVE_LIMITS.manifest) return bytes;
  throw new AppError('E_ARCHIVE', 'The versions are too many for one archive.', {
    next: 'Export them one by one.',
  });
}

/** Reads and checks a manifest. @throws AppError `E_ARCHIVE` */
export function parseManifest(bytes: Buffer): Manifest {
  const json = parseJson(bytes);
  refuseOtherFormats(json);
  if (depthExceeds(json, ARCHIVE_LIMITS.depth))
    throw badArchive('is damaged: its list is too deep');
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw badArchive(
      `is damaged at ${['manifest', ...(issue?.path ?? [])].join('.')}`,
      parsed.error,
    );
  }
  checkMeaning(parsed.data);
  return parsed.data;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw badArchive('is damaged: its list of versions cannot be read', error);
  }
}

function refuseOtherFormats(json: unknown): void {
  const { format, formatNumber } = (json ?? {}) as { format?: unknown; formatNumber?: unknown };
  if (format !== FORMAT) throw badArchive('is not one of Slipway');
  if (typeof formatNumber === 'number' && formatNumber > FORMAT_NUMBER) {
    throw new AppError(
      'E_ARCHIVE',
      `The archive was written by a newer Slipway (${formatNumber}).`,
      {
        next: 'Update Slipway and import it again.',
      },
    );
  }
}

/** Without recursion: what is looked at may be as deep as a file is long. */
function depthExceeds(json: unknown, limit: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

function checkMeaning({ job, trees, versions }: Manifest): void {
  try {
    checkName('job', job.name);
    checkName('project', job.project);
    for (const version of versions) checkVersion(version);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw badArchive(`holds a version that cannot be used: ${error.message}`, error);
  }
  const needed = new Set(versions.flatMap(({ source }) => treesOf(source)));
  const listed = new Set(trees.map((tree) => tree.digest));
  const same = listed.size === trees.length && needed.size === listed.size;
  if (!same || ![...needed].every((tree) => listed.has(tree))) {
    throw badArchive('is damaged: it lists other files than its versions have');
  }
}
