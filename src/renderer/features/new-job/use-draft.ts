import { useEntities } from '../../stores/entities.ts';
import { currentProject } from '../../stores/selectors.ts';
import { useUi } from '../../stores/ui.ts';
import { noDraft, type JobDraft } from './job-draft.ts';
import { useKept } from './kept.tsx';

/**
 * What was typed into the form of a tab, over what is suggested, which may come and change until something
 * is typed.
 */
export function useDraft(
  tab: string,
  suggested: Partial<JobDraft>,
): {
  draft: JobDraft;
  change(part: Partial<JobDraft>): void;
  /** Back to what is suggested. */
  drop(fields: readonly (keyof JobDraft)[]): void;
} {
  const projects = useEntities((all) => all.projects);
  const chosen = useUi((ui) => ui.projectId);
  const project = currentProject(projects, chosen)?.name ?? 'default';
  const [typed, setTyped] = useKept<Partial<JobDraft>>(`${tab} form`, {});
  return {
    draft: { ...noDraft, project, ...suggested, ...typed },
    drop: (fields) =>
      setTyped((have) => {
        const kept = Object.entries(have).filter(
          ([name]) => !fields.some((field) => field === name),
        );
        return Object.fromEntries(kept);
      }),
    change: (part) => setTyped((have) => ({ ...have, ...part })),
  };
}
