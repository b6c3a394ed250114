import type { InputSchema } from '../../shared/domain/inputs.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { Inspector } from '../jobs/inspector.ts';
import { fieldOfParameter } from './from-detection.ts';

export interface InputServiceParts {
  inspector: Pick<Inspector, 'detection'>;
}

/** What can be asked for when a version is launched. */
export class InputService {
  readonly #parts: InputServiceParts;

  constructor(parts: InputServiceParts) {
    this.#parts = parts;
  }

  /** The inputs of a version, each once, with where it goes and how it is known. */
  async schema(version: JobVersion): Promise<InputSchema> {
    const { parameters, presets, notes } = await this.#parts.inspector.detection(version);
    return {
      fields: parameters.map(fieldOfParameter),
      presets: presets.map(({ name, path, keys }) => ({ name, kind: 'file', path, keys })),
      notes,
    };
  }
}
