import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { Repos } from '../db/change-feed.ts';
import type { Inspector } from '../jobs/inspector.ts';
import { fieldOfParameter } from './from-detection.ts';
import { savedPresets } from './saved-presets.ts';

export interface InputServiceParts {
  inspector: Pick<Inspector, 'detection'>;
  repos: Pick<Repos, 'presets'>;
}

/** What can be asked for when a version is launched. */
export class InputService {
  readonly #parts: InputServiceParts;

  constructor(parts: InputServiceParts) {
    this.#parts = parts;
  }

  /** The inputs of a version, each once, with where it goes and how it is known. */
  async schema(version: JobVersion): Promise<InputSchema> {
    const { inspector, repos } = this.#parts;
    const { parameters, presets, notes } = await inspector.detection(version);
    const files = presets.map(({ name, path, keys }) => ({
      name,
      kind: 'file' as const,
      path,
      keys,
    }));
    return {
      fields: parameters.map(fieldOfParameter),
      presets: [...savedPresets(repos.presets, version.jobId), ...files],
      notes,
    };
  }
}
