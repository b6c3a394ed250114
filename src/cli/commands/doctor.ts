import { Command } from 'commander';
import type { DoctorReport } from '../../shared/domain/engine.ts';
import { STATUS } from '../exit-status.ts';
import { printJson } from '../output.ts';
import { withCore } from '../with-core.ts';

const MARKS = { ok: '✓', warning: '!', missing: '✗' } as const;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('Tell what is there, what is missing, and how to mend it.')
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const report = await core.doctor.examine(AbortSignal.timeout(30_000));
        if (globals.json) printJson(report);
        else print(report);
        const usable = report.choice.engines.some(
          (engine) => engine.kind === report.choice.kind && engine.available,
        );
        process.exitCode = usable ? STATUS.done : STATUS.nothingToRunOn;
      });
    });
}

function print({ choice, checks }: DoctorReport): void {
  const lines = checks.flatMap((check) => [
    `${MARKS[check.status]} ${check.title}: ${check.text}`,
    ...(check.fix === null ? [] : [`    ${check.fix}`]),
  ]);
  process.stdout.write(
    `${lines.join('\n')}\n\nRuns use the ${choice.kind} engine: ${choice.because}.\n`,
  );
}
