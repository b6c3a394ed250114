import type { Evidence } from '../../../shared/domain/detection.ts';
import type { Machine } from '../reading/machine.ts';
import type { Value } from '../reading/values.ts';

const DEPTH = 3;

/** Notes the keys of a dict as metrics; in `*` what is not known of a name. */
export function metrics(
  machine: Machine,
  value: Value | undefined,
  evidence: Evidence,
  depth = 0,
): void {
  if (value?.kind !== 'dict' || depth > DEPTH) return;
  for (const { key, value: each, evidence: at } of value.entries.values()) {
    if (each.kind === 'dict') metrics(machine, each, at, depth + 1);
    else metric(machine, key, at.file ? at : evidence);
  }
}

export function metric(machine: Machine, name: string, evidence: Evidence): void {
  machine.findings.outputs.push({ kind: 'metric', name, evidence, confidence: 0.9 });
}
