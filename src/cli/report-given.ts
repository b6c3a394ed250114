import type { Run } from '../shared/domain/run.ts';
import type { Core } from '../core/create-core.ts';

/** What a run was given, and which group or earlier try it belongs to, as fields; `run spec` has all of it. */
export function givenFields(core: Core, run: Run): [string, string][] {
  const { values = {}, secrets = [] } = core.repos.specs.of(run.id)?.spec ?? {};
  const inputs = Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const kept = secrets.map(({ variable }) => variable);
  const sweep = run.sweep && core.repos.sweeps.get(run.sweep.id);
  const earlier = run.retryOf === null ? null : `try ${run.tryNumber}, after ${run.retryOf}`;
  return [
    ...(inputs.length > 0 ? [['inputs', inputs.join(', ')] satisfies [string, string]] : []),
    ...(kept.length > 0 ? [['secrets', kept.join(', ')] satisfies [string, string]] : []),
    ...(sweep
      ? [['sweep', `${sweep.name}, cell ${run.sweep!.cell + 1}`] satisfies [string, string]]
      : []),
    ...(earlier === null ? [] : [['retry', earlier] satisfies [string, string]]),
  ];
}
