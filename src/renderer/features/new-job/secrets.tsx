import { KeyRound } from 'lucide-react';
import type { LeftOut } from '../../../shared/domain/snapshot.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/button.tsx';
import styles from './new-job.module.css';

interface Props {
  leftOut: readonly LeftOut[];
  included: readonly string[];
  onToggle: (path: string) => void;
}

/** What looks like a secret stays out unless the person says otherwise, one by one. */
export function Secrets({ leftOut, included, onToggle }: Props) {
  const out = leftOut.filter(({ path }) => !included.includes(path));
  if (out.length + included.length === 0) return null;
  const verb = out.length === 1 ? 'looks like a secret and is' : 'look like secrets and are';
  const title =
    out.length > 0 ? `${plural(out.length, 'file')} ${verb} left out` : 'Secrets are included';
  return (
    <section aria-label="Secrets" className={styles.secrets}>
      <div className={styles.secretsHead}>
        <KeyRound size={16} aria-hidden="true" />
        <h2>{title}</h2>
      </div>
      <ul>
        {out.map(({ path, rule }) => (
          <li key={path} className={styles.secret}>
            <span className={`ellipsis ${styles.path}`}>{path}</span>
            <span className={`ellipsis ${styles.rule}`}>{rule}</span>
            <Button look="quiet" aria-label={`Include ${path}`} onClick={() => onToggle(path)}>
              Include
            </Button>
          </li>
        ))}
        {included.map((path) => (
          <li key={path} className={styles.secret}>
            <span className={`ellipsis ${styles.path}`}>{path}</span>
            <span className={styles.included}>goes into the job</span>
            <Button look="quiet" aria-label={`Leave out ${path}`} onClick={() => onToggle(path)}>
              Leave out
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
