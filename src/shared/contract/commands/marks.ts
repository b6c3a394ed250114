import * as z from 'zod/mini';
import { jobSchema } from '../../domain/job.ts';
import {
  COMPARED_RUNS,
  runChangesSchema,
  runComparisonSchema,
} from '../../domain/run-comparison.ts';
import { runMarksSchema } from '../../domain/run-marks.ts';
import { id, name, nothing, command } from '../command.ts';

const runIds = z.array(id).check(z.minLength(1), z.maxLength(1000));
const jobIds = z.array(id).check(z.minLength(1), z.maxLength(1000));

/**
 * Looking back: marks, the bin, and runs side by side. What many runs are after a change is pushed part after
 * part: a thousand of them in one answer would hold up both sides.
 */
export const marksCommands = {
  markRuns: command(z.strictObject({ runIds, marks: runMarksSchema }), nothing),
  /** Puts runs into the bin; one that is under way is refused (`E_RUN_ACTIVE`). */
  binRuns: command(z.strictObject({ runIds }), nothing),
  restoreRuns: command(z.strictObject({ runIds }), nothing),
  /** Removes runs that are in the bin for good, with their logs, metrics and outputs. */
  deleteRuns: command(z.strictObject({ runIds }), z.object({ deleted: z.number() })),
  renameJob: command(z.strictObject({ jobId: id, name }), jobSchema),
  /** Puts jobs into the bin, their runs with them. */
  binJobs: command(z.strictObject({ jobIds }), z.array(jobSchema)),
  /** `E_NAME` where another job has the name by now, which offers a free one: `rename` takes that. */
  restoreJobs: command(
    z.strictObject({ jobIds, rename: z.optional(z.boolean()) }),
    z.array(jobSchema),
  ),
  deleteJobs: command(z.strictObject({ jobIds }), z.object({ deleted: z.number() })),
  /** Jobs in the bin; those of runs are asked for with `queryRuns`. */
  binnedJobs: command(nothing, z.array(jobSchema)),
  compareRuns: command(
    z.strictObject({ runIds: z.array(id).check(z.minLength(2), z.maxLength(COMPARED_RUNS)) }),
    runComparisonSchema,
  ),
  runChanges: command(z.strictObject({ runId: id }), runChangesSchema),
} as const;
