import type { Delivery, RunSettings, SecretUse } from '../../../shared/domain/launch-spec.ts';
import { plural } from '../../lib/format.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import page from '../frame/page.module.css';
import { settingsInWords } from '../../../shared/domain/settings-in-words.ts';
import styles from './given.module.css';

type Pairs = readonly [string, string][];

function PairList({ label, pairs }: { label: string; pairs: Pairs }) {
  return (
    <ul aria-label={label}>
      {pairs.map(([name, value]) => (
        <li key={name} className={styles.pair}>
          <span className={`mono ${styles.pairName}`}>{name}</span>
          <span className="mono selectable">{value === '' ? '""' : value}</span>
        </li>
      ))}
    </ul>
  );
}

/** Files of the code as the run found them, where the launch changed them. */
export function GivenFiles({ files }: { files: Delivery['files'] }) {
  if (files.length === 0) return null;
  return (
    <section aria-label="Files changed" className={page.section}>
      <h2 className={page.heading}>Files changed</h2>
      {files.map(({ path, text }) => (
        <Disclosure key={path} title={path} meta={plural(text.split('\n').length, 'line')}>
          <pre className={`mono selectable ${styles.command}`} tabIndex={0}>
            {text}
          </pre>
        </Disclosure>
      ))}
    </section>
  );
}

interface EnvironmentProps {
  /** What the person gave. */
  own: Readonly<Record<string, string>>;
  /** With what Slipway adds. */
  all: Readonly<Record<string, string>>;
}

/** Environment variables: what was given in sight, what Slipway adds folded. */
export function GivenEnvironment({ own, all }: EnvironmentProps) {
  const given = Object.entries(all).filter(([name]) => Object.hasOwn(own, name));
  const added = Object.entries(all).filter(([name]) => !Object.hasOwn(own, name));
  if (given.length + added.length === 0) return null;
  return (
    <section aria-label="Environment" className={page.section}>
      <h2 className={page.heading}>Environment</h2>
      {given.length > 0 && <PairList label="Given" pairs={given} />}
      {added.length > 0 && (
        <Disclosure title="Added by Slipway" meta={added.length}>
          <PairList label="Added by Slipway" pairs={added} />
        </Disclosure>
      )}
    </section>
  );
}

/** Secrets by their names. Their values are nowhere but in the store and in the run. */
export function GivenSecrets({ secrets }: { secrets: readonly SecretUse[] }) {
  if (secrets.length === 0) return null;
  return (
    <section aria-label="Secrets" className={page.section}>
      <h2 className={page.heading}>Secrets</h2>
      <PairList
        label="Secrets"
        pairs={secrets.map(({ variable, secret }) => [variable, `from the secret ${secret}`])}
      />
    </section>
  );
}

/** How the run was executed, where that was set. */
export function GivenSettings({ settings }: { settings: RunSettings }) {
  const words = settingsInWords(settings);
  if (words.length === 0) return null;
  return (
    <section aria-label="Settings" className={page.section}>
      <h2 className={page.heading}>Settings</h2>
      <Facts>
        {words.map(({ label, text }) => (
          <Fact key={label} name={label}>
            <span className={styles.lines}>{text}</span>
          </Fact>
        ))}
      </Facts>
    </section>
  );
}
