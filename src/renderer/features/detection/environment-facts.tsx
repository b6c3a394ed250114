import type { EnvironmentPlan } from '../../../shared/domain/job.ts';
import { plural } from '../../lib/format.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import styles from './detection.module.css';

const KIND_WORDS: Readonly<Record<NonNullable<EnvironmentPlan['dependencies']>['kind'], string>> = {
  requirements: 'requirement lines, as they stand',
  pyproject: 'the dependencies of a Python project',
  'uv-lock': 'a uv lock file',
  'poetry-lock': 'a Poetry lock file',
  frozen: 'the packages of the run it was made from',
};

function Python({ python }: Pick<EnvironmentPlan, 'python'>) {
  if (!python) return <>As the base image in the settings has it: the code names none</>;
  return (
    <>
      {python.version}
      <span className={styles.sub}>
        {python.evidence}
        {python.requires && `, which asks for ${python.requires}`}
      </span>
    </>
  );
}

function Dependencies({ plan }: { plan: EnvironmentPlan }) {
  const { dependencies, requirements, locked } = plan;
  const lines = requirements.split('\n').filter((line) => line.trim() !== '');
  if (!dependencies) return <>None named: no requirements.txt or pyproject.toml</>;
  return (
    <>
      <span className="mono">{dependencies.path}</span>
      <span className={styles.sub}>
        {KIND_WORDS[dependencies.kind]}
        {locked && '; every package is named, no others are looked for'}
      </span>
      {lines.length > 0 && (
        <Disclosure title={plural(lines.length, 'line')}>
          <pre className={`mono ${styles.requirements}`} aria-label="Requirements" tabIndex={0}>
            {lines.join('\n')}
          </pre>
        </Disclosure>
      )}
    </>
  );
}

/** How the environment is made, with what each part rests on. */
export function EnvironmentFacts({ plan }: { plan: EnvironmentPlan }) {
  return (
    <>
      <Facts>
        <Fact name="Python">
          <Python python={plan.python} />
        </Fact>
        <Fact name="Dependencies">
          <Dependencies plan={plan} />
        </Fact>
      </Facts>
      <NoteList notes={plan.notes} />
    </>
  );
}

/** What a person should know, one a line. */
export function NoteList({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
