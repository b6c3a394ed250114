import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { Json, JsonValues } from '../../shared/domain/json.ts';
import { AppError } from '../../shared/errors.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Inspector } from '../jobs/inspector.ts';
import { openSecrets } from './from-detection.ts';
import { fieldsOfRun } from './from-run.ts';
import { mergeFields } from './merge.ts';
import { savedPresets } from './saved-presets.ts';
import { readSchema, type SchemaInputs } from './schema/read-schema.ts';

export interface InputServiceParts {
  inspector: Pick<Inspector, 'detection'>;
  repos: Pick<Repos, 'presets' | 'results'>;
}

/** Versions whose inputs are kept in memory: those that are looked at together. */
const KEPT = 32;

/** What can be asked for when a version is launched. */
export class InputService {
  readonly #parts: InputServiceParts;
  /** By version and what may be learned of one later; the one used last is the last. */
  readonly #kept = new Map<string, Promise<InputSchema>>();

  constructor(parts: InputServiceParts) {
    this.#parts = parts;
  }

  /** The inputs of a version, each once, with where it goes and how it is known. */
  async schema(version: JobVersion): Promise<InputSchema> {
    const { results, presets } = this.#parts.repos;
    const run = version.types === null ? null : results.importedOf(version.id);
    const key = JSON.stringify([version.id, version.types !== null, run?.id ?? null]);
    const found = await this.#keep(key, () => this.#find(version, run?.config ?? null));
    return { ...found, presets: [...savedPresets(presets, version.jobId), ...found.presets] };
  }

  /** What fails is not kept: it may be a file that could not be read for once. */
  #keep(key: string, find: () => Promise<InputSchema>): Promise<InputSchema> {
    const known = this.#kept.get(key);
    const found = known ?? find();
    this.#kept.delete(key);
    this.#kept.set(key, found);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    if (!known) found.catch(() => this.#kept.delete(key));
    return found;
  }

  async #find(version: JobVersion, config: JsonValues | null): Promise<InputSchema> {
    const detected = await this.#parts.inspector.detection(version);
    const code = [...detected.parameters, ...detected.others];
    const said = schemaInputs(version.inputSchema);
    const run = fieldsOfRun(version.types?.inputs, config);
    return {
      fields: mergeFields({ code, schema: said.fields, run }),
      presets: detected.presets.map(({ name, path, keys }) => ({ name, kind: 'file', path, keys })),
      notes: [...said.notes, ...detected.notes, ...openSecrets(code)],
    };
  }
}

/** One that was taken before its rules were stricter does not keep the version from being launched. */
function schemaInputs(schema: Json | null): SchemaInputs {
  if (schema === null) return { fields: [], notes: [] };
  try {
    return readSchema(schema);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { fields: [], notes: [error.message] };
  }
}
