import type { JobFolder } from '../../../shared/domain/detection.ts';
import { formatCommand } from '../../lib/command-line.ts';
import { plural } from '../../lib/format.ts';
import { ChoiceList } from '../../ui/choice-list.tsx';
import type { JobDraft } from './job-draft.ts';

/** What choosing a sub-folder fills in: what is built there, and how it starts. */
export const folderDraft = (job: JobFolder | undefined): Partial<JobDraft> => ({
  context: job?.folder ?? '',
  dockerfile: job?.dockerfile ?? '',
  ...(job?.entryPoints[0] && { entryPoint: formatCommand(job.entryPoints[0].words) }),
});

const ROOT = '';

interface Props {
  jobs: readonly JobFolder[];
  /** The folder that is chosen, empty for the root. */
  context: string;
  onChoose: (job: JobFolder | undefined) => void;
}

function folderText({ entryPoints, dockerfile, evidence }: JobFolder): string {
  const [best] = entryPoints;
  const parts = [
    best && formatCommand(best.words),
    dockerfile,
    `${evidence.file}:${evidence.line}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** The jobs in sub-folders, to make one of them. */
export function JobFolders({ jobs, context, onChoose }: Props) {
  if (jobs.length === 0) return null;
  return (
    <ChoiceList
      label={`${plural(jobs.length, 'job')} in sub-folders`}
      value={context}
      choices={[
        { value: ROOT, title: 'The root of the code' },
        ...jobs.map((job) => ({
          value: job.folder,
          title: <span className="mono">{job.folder}/</span>,
          text: folderText(job),
        })),
      ]}
      onChange={(folder) => onChoose(jobs.find((job) => job.folder === folder))}
    />
  );
}
