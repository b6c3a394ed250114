import type { InputPreset } from '../../shared/domain/inputs.ts';
import { isRecord } from '../../shared/is-record.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { PresetsRepo } from '../db/presets-repo.ts';

/** The presets that were saved for a job, as they are listed. */
export const savedPresets = (presets: PresetsRepo, jobId: string): InputPreset[] =>
  presets.list(jobId).map(({ name, spec: { values, config } }) => ({
    ...{ name, kind: 'saved' as const, path: null },
    keys: Object.keys(values).length + countValues(config),
  }));

/** Values at every depth. */
function countValues(value: Json): number {
  if (!isRecord(value)) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + countValues(each), 0);
}
