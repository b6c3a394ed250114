import type { Run } from '../../../shared/domain/run.ts';
import { isActive } from '../../stores/run-states.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ValueTree } from '../../ui/value-tree.tsx';
import page from '../frame/page.module.css';
import styles from './run.module.css';

interface Props {
  run: Run;
  what: 'config' | 'summary';
}

const WORDS = {
  config: { title: 'Config', none: 'No config', about: 'what it was configured with' },
  summary: { title: 'Summary', none: 'No summary', about: 'its last results' },
} as const;

function NoValues({ run, what }: Props) {
  const { none, about } = WORDS[what];
  if (isActive(run)) {
    return <Empty title={`${none} yet`}>The code has not said {about} so far.</Empty>;
  }
  return (
    <Empty title={none}>
      {run.engine === null
        ? `The run folder this was imported from does not say ${about}.`
        : `The code did not say ${about}. Code that logs through wandb does.`}
    </Empty>
  );
}

/** Keys that the tracker adds for itself: `_step`, `_wandb`. */
const isOwn = ([name]: [string, unknown]): boolean => name.startsWith('_');

/** The config or the summary of a run. */
export function ValuesTab({ run, what }: Props) {
  const entries = Object.entries(run[what] ?? {});
  if (entries.length === 0) return <NoValues run={run} what={what} />;
  const { title } = WORDS[what];
  const values = Object.fromEntries(entries.filter((entry) => !isOwn(entry)));
  const own = Object.fromEntries(entries.filter(isOwn));
  const count = Object.keys(own).length;
  return (
    <div className={page.scroll}>
      <div className={page.column}>
        <div className={styles.valuesHead}>
          <h2>{title}</h2>
          <CopyButton
            text={JSON.stringify(run[what], null, 2)}
            label={`Copy ${what} as JSON`}
            words="Copy as JSON"
          />
        </div>
        <ValueTree label={title} values={values} />
        {count > 0 && (
          <Disclosure title="Added by the tracker" meta={count}>
            <ValueTree label={`${title} of the tracker`} values={own} />
          </Disclosure>
        )}
      </div>
    </div>
  );
}
