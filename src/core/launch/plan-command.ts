import type { InputField } from '../../shared/domain/inputs.ts';
import type { JobVersion } from '../../shared/domain/job.ts';
import type { LaunchSpec } from '../../shared/domain/launch-spec.ts';
import { commandLine } from './command-line.ts';
import { checkCommand } from './command-size.ts';
import { Findings } from '../delivery/findings.ts';

export interface Command {
  entryPoint: readonly string[];
  fields: readonly InputField[];
  spec: LaunchSpec;
}

/** The whole command, checked. Arguments alone are none: they go behind what an image starts by itself. */
export function planCommand(
  { source }: JobVersion,
  { entryPoint, fields, spec }: Command,
  findings: Findings,
): string[] {
  const parts = { fields, values: new Map(Object.entries(spec.values)), args: spec.args };
  const words = commandLine({ ...parts, entryPoint }, findings);
  const isBare = entryPoint.length === 0 && words.length > 0 && source.kind === 'image';
  const argv = isBare
    ? commandLine({ ...parts, entryPoint: source.command }, new Findings())
    : words;
  checkCommand(argv, findings);
  return argv;
}
