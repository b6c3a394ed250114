import * as z from 'zod/mini';
import { jobSchema, jobVersionSchema } from '../../domain/job.ts';
import { projectSchema } from '../../domain/project.ts';
import { id, name, nothing, command } from '../command.ts';

/** Projects and their jobs. */
export const jobsCommands = {
  listProjects: command(nothing, z.array(projectSchema)),
  createProject: command(z.strictObject({ name }), projectSchema),
  listJobs: command(z.strictObject({ projectId: z.optional(id) }), z.array(jobSchema)),
  getJob: command(
    z.strictObject({ jobId: id }),
    z.object({ job: jobSchema, versions: z.array(jobVersionSchema) }),
  ),
  describeJob: command(
    z.strictObject({ jobId: id, description: z.string().check(z.maxLength(20_000)) }),
    jobSchema,
  ),
} as const;
