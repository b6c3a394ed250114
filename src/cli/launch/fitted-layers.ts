import type { FittedSpec } from '../../shared/domain/fitted-spec.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { Core } from '../../core/create-core.ts';
import { findRun } from '../find.ts';
import { layerOf, type Layer } from './layers.ts';

export interface FittedLayer {
  layer: Layer;
  /** What of it the version cannot take, and what else a person should know. */
  notes: string[];
}

/** What `--preset` and `--from-run` ask for, as far as the version takes it. */
export async function fittedLayers(
  core: Core,
  version: JobVersion,
  { preset, fromRun }: { preset?: string; fromRun?: string },
): Promise<FittedLayer[]> {
  const layers: FittedLayer[] = [];
  if (preset !== undefined) {
    const fitted = await core.presets.values(version, preset);
    layers.push(fittedLayer(`the preset ${preset}`, fitted));
  }
  if (fromRun !== undefined) {
    const run = findRun(core, fromRun);
    const fitted = await core.presets.fromRun(run, version);
    layers.push(fittedLayer(`the run ${run.name}`, fitted));
  }
  return layers;
}

function fittedLayer(from: string, { spec, dropped, notes }: FittedSpec): FittedLayer {
  const left = dropped.map(
    ({ name, value, why }) => `left out of ${from}: ${name}=${JSON.stringify(value)}. ${why}`,
  );
  return { layer: layerOf(from, spec), notes: [...left, ...notes] };
}
