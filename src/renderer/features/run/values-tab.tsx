import type { Run } from '../../../shared/domain/run.ts';
import { isActive } from '../../stores/run-states.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ValueTree } from '../../ui/value-tree.tsx';
import page from '../frame/page.module.css';
import styles from './run.module.css';

type What = 'config' | 'summary';

interface Props {
  run: Run;
  what: What;
}

const WORDS = {
  config: { title: 'Config', about: 'what it was configured with' },
  summary: { title: 'Summary', about: 'its last results' },
} as const;

function whyNone({ run, what }: Props): string {
  const { about } = WORDS[what];
  if (isActive(run)) return `The code has not said ${about} so far.`;
  return run.engine === null
    ? `The run folder this was imported from does not say ${about}.`
    : `The code did not say ${about}. Code that logs through wandb does.`;
}

/** Keys that the tracker adds for itself: `_step`, `_wandb`. */
const isOwn = ([name]: [string, unknown]): boolean => name.startsWith('_');

function Values({ run, what }: Props) {
  const { title } = WORDS[what];
  const entries = Object.entries(run[what] ?? {});
  const own = Object.fromEntries(entries.filter(isOwn));
  const count = Object.keys(own).length;
  return (
    <section aria-label={title} className={styles.values}>
      <div className={styles.valuesHead}>
        <h2>{title}</h2>
        {entries.length > 0 && (
          <CopyButton
            text={JSON.stringify(run[what], null, 2)}
            label={`Copy ${what} as JSON`}
            words="Copy as JSON"
          />
        )}
      </div>
      {entries.length === 0 && <p className={page.lead}>{whyNone({ run, what })}</p>}
      <ValueTree
        label={title}
        values={Object.fromEntries(entries.filter((entry) => !isOwn(entry)))}
      />
      {count > 0 && (
        <Disclosure title="Added by the tracker" meta={count}>
          <ValueTree label={`${title} of the tracker`} values={own} />
        </Disclosure>
      )}
    </section>
  );
}

const isNone = (values: Record<string, unknown> | null): boolean =>
  Object.keys(values ?? {}).length === 0;

/** What a run was configured with, and what it came to. */
export function ValuesTab({ run }: { run: Run }) {
  if (isNone(run.config) && isNone(run.summary)) {
    return (
      <Empty title={isActive(run) ? 'No values yet' : 'No values'}>
        <p>{whyNone({ run, what: 'config' })}</p>
        <p>{whyNone({ run, what: 'summary' })}</p>
      </Empty>
    );
  }
  return (
    <div className={page.scroll}>
      <div className={styles.valueColumns}>
        <Values run={run} what="config" />
        <Values run={run} what="summary" />
      </div>
    </div>
  );
}
