import * as z from 'zod/mini';
import {
  runColumnSchema,
  runPageSchema,
  runQuerySchema,
  runScopeSchema,
} from '../../domain/run-list.ts';
import { command } from '../command.ts';

/** Lists of any number of runs, a part at a time. */
export const runListCommands = {
  queryRuns: command(runQuerySchema, runPageSchema),
  /** The columns of values that there are, those that differ first, then by name. */
  runColumns: command(z.strictObject({ scope: runScopeSchema }), z.array(runColumnSchema)),
} as const;
