import { Command } from 'commander';
import { dateTime, printJson, printTable } from '../output.ts';
import { withCore } from '../with-core.ts';

export function projectCommand(): Command {
  const project = new Command('project').description('Projects: named groups of jobs and runs.');
  project
    .command('list')
    .description('List the projects.')
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const projects = core.repos.projects.list();
        if (globals.json) return printJson(projects);
        printTable([
          ['NAME', 'JOBS', 'RUNS', 'CREATED'],
          ...projects.map(({ name, jobCount, runCount, createdAt }) => [
            name,
            String(jobCount),
            String(runCount),
            dateTime(createdAt),
          ]),
        ]);
      });
    });
  return project;
}
