import type { MetricSeries } from '../shared/domain/tracked.ts';
import type { Run } from '../shared/domain/run.ts';
import { plural } from '../shared/format.ts';

/** Points of each metric in a JSON document, thinned evenly. */
export const METRIC_POINTS = 1000;

/** Measurements of the machine, which are no results. */
const SYSTEM = 'system/';

/** What a run told of itself, as fields: its config, its last results, and its metrics. */
export function resultFields(
  { config, summary }: Run,
  metrics: readonly MetricSeries[],
): [string, string][] {
  const own = metrics.filter(({ name }) => !name.startsWith(SYSTEM));
  return [
    ...valuesField('config', config),
    ...valuesField('summary', summary),
    ...own.map(({ name, count, last }): [string, string] => [
      `metric ${name}`,
      `${last ?? 'NaN'} (${plural(count, 'point')})`,
    ]),
  ];
}

/** The SDK's own entry is for programs. */
function valuesField(title: string, values: Run['config']): [string, string][] {
  const texts = Object.entries(values ?? {})
    .filter(([name]) => name !== '_wandb')
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return texts.length === 0 ? [] : [[title, texts.join(', ')]];
}
