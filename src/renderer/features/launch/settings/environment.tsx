import { KeyRound, X } from 'lucide-react';
import { useState } from 'react';
import { cx } from '../../../lib/cx.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { ErrorNote } from '../../../ui/error-note.tsx';
import ui from '../../../ui/field.module.css';
import { Pick } from '../../../ui/pick.tsx';
import type { ErrorData } from '../../../../shared/errors.ts';
import type { SecretUse } from '../../../../shared/domain/launch-spec.ts';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setSpec, setUnread } from '../launch-store.ts';
import { NewSecret } from '../new-secret.tsx';
import { keepSecret, secretLabel, useRunSecrets } from '../run-secrets.ts';
import { PairRows } from './pair-rows.tsx';
import { SettingRow } from './setting-row.tsx';
import styles from '../inputs.module.css';

const NO_NOTES: readonly string[] = [];

/** Whether main says that this variable looks like a secret. */
const saysSecret = (notes: readonly string[], name: string): boolean =>
  name !== '' && notes.some((note) => note.includes(` ${name} looks like a secret`));

/** Variables of the environment, with the offer to keep as a secret what looks like one. */
export function EnvironmentRow() {
  const store = useLaunchStore();
  const env = useLaunch(({ spec }) => spec.env);
  const notes = useLaunch(({ plan }) => plan?.notes ?? NO_NOTES);
  const problems = useLaunch((state) => state.problems);
  const [error, setError] = useState<ErrorData | null>(null);
  const { problem: noStore } = useRunSecrets();
  const keep = async (name: string, value: string): Promise<void> => {
    const answer = await keepSecret(name, value);
    if ('error' in answer) return setError(answer.error);
    setError(null);
    const { spec } = store.getState();
    const others = Object.entries(spec.env).filter(([variable]) => variable !== name);
    const use = { variable: name, secret: answer.kept };
    setSpec(store, { env: Object.fromEntries(others), secrets: [...spec.secrets, use] });
  };
  return (
    <SettingRow
      label="Environment variables"
      place="env"
      changed={Object.keys(env).length > 0}
      onReset={() => setSpec(store, { env: {} })}
    >
      <PairRows
        what="variable"
        namePlaceholder="NAME"
        values={env}
        isWrong={(name) => problems[`env.${name}`] !== undefined}
        onChange={(values, twice) => {
          setSpec(store, { env: values });
          setUnread(store, 'env', twice === null ? null : `${twice} is there twice.`);
        }}
        extra={(name, value) =>
          !noStore &&
          saysSecret(notes, name) && (
            <Button
              look="quiet"
              icon={<KeyRound />}
              className={styles.inlineAction}
              onClick={() => void keep(name, value)}
            >
              Store {name} as a secret
            </Button>
          )
        }
      />
      {error && <ErrorNote error={error} />}
    </SettingRow>
  );
}

/** Secrets of the store that the run gets as variables. */
export function SecretsRow() {
  const store = useLaunchStore();
  const uses = useLaunch(({ spec }) => spec.secrets);
  const { names } = useRunSecrets();
  const put = (secrets: SecretUse[]): void => setSpec(store, { secrets });
  const options = (current: string) => {
    const known = names.map((name) => ({ id: name, title: secretLabel(name) }));
    const missing = { id: current, title: `${secretLabel(current)} (not kept)` };
    return names.includes(current) ? known : [missing, ...known];
  };
  return (
    <SettingRow
      label="Secrets"
      place="secrets"
      help="Given as variables through files that only the run can read; masked in its log"
      changed={uses.length > 0}
      onReset={() => put([])}
    >
      <div className={styles.list}>
        {uses.map((use, at) => (
          <div key={at} data-row className={styles.pair}>
            <input
              type="text"
              aria-label={`Variable of secret ${at + 1}`}
              placeholder="VARIABLE"
              value={use.variable}
              spellCheck={false}
              className={cx(ui.input, 'mono')}
              onChange={({ target }) => put(uses.with(at, { ...use, variable: target.value }))}
            />
            <Pick
              aria-label={`Secret for ${use.variable || 'the variable'}`}
              value={use.secret}
              options={options(use.secret)}
              onChange={(secret) => put(uses.with(at, { ...use, secret }))}
            />
            <IconButton
              label={`Remove secret ${use.variable}`}
              icon={<X />}
              onClick={() => put(uses.toSpliced(at, 1))}
            />
          </div>
        ))}
        <div className={styles.listEnd}>
          {names[0] !== undefined && (
            <Button
              look="quiet"
              icon={<KeyRound />}
              onClick={() =>
                put([...uses, { variable: secretLabel(names[0]!), secret: names[0]! }])
              }
            >
              Use a kept secret
            </Button>
          )}
          <NewSecret
            label="the run"
            proposed=""
            onKept={(secret) => put([...uses, { variable: secretLabel(secret), secret }])}
          />
        </div>
      </div>
    </SettingRow>
  );
}
