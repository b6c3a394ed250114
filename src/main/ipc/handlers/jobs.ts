import type { HandlerParts, Handlers } from '../handler-types.ts';

type JobHandlers = Pick<
  Handlers,
  'listProjects' | 'createProject' | 'listJobs' | 'getJob' | 'describeJob'
>;

export const jobHandlers = ({ core: { jobs, repos } }: HandlerParts): JobHandlers => ({
  listProjects: async () => repos.projects.list(),
  createProject: async ({ name }) => jobs.project(name),
  listJobs: async ({ projectId }) => repos.jobs.list(projectId),
  getJob: async ({ jobId }) => ({ job: jobs.get(jobId), versions: repos.jobs.versions(jobId) }),
  describeJob: async ({ jobId, description }) => jobs.describe(jobId, description),
});
