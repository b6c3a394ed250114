import { RefreshCw, Settings } from 'lucide-react';
import { useCallback, useEffect, useState, type ReactNode } from 'react';
import type { DoctorReport, EngineStatus, HealthCheck } from '../../../shared/domain/engine.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { call } from '../../bridge/client.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { ENGINE_NAMES, ENGINE_TEXTS } from '../../stores/engines.ts';
import type { Shape, Tone } from '../../stores/run-states.ts';
import { notify } from '../../stores/ui.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { Mark } from '../../ui/state-mark.tsx';
import { Toolbar } from '../frame/toolbar.tsx';
import page from '../frame/page.module.css';
import styles from './engine.module.css';

const LOOKS: Readonly<Record<HealthCheck['status'], { shape: Shape; tone: Tone; word: string }>> = {
  ok: { shape: 'check', tone: 'green', word: 'In order' },
  warning: { shape: 'half', tone: 'amber', word: 'Look at this' },
  missing: { shape: 'cross', tone: 'red', word: 'Missing' },
};

interface FindingProps {
  status: HealthCheck['status'];
  title: string;
  text: string;
  fix: string | null;
  note?: string | undefined;
  /** A button that does something about it. */
  action?: ReactNode;
}

function Finding({ status, title, text, fix, note, action }: FindingProps) {
  const { shape, tone, word } = LOOKS[status];
  return (
    <li className={styles.finding}>
      <Mark shape={shape} tone={tone} />
      <div className={styles.findingBody}>
        <p>
          <span className={styles.findingTitle}>{title}</span>
          <span className="sr-only">{word}: </span>
          {note && <span className={styles.used}>{note}</span>}
        </p>
        <p className={`selectable ${styles.findingText}`}>{text}</p>
        {fix && (
          <p className={styles.fix}>
            <span className="selectable">{fix}</span>
            <CopyButton text={fix} label={`Copy what to do about ${title}`} />
          </p>
        )}
        {action}
      </div>
    </li>
  );
}

const engineFinding = (engine: EngineStatus, used: string): FindingProps => ({
  status: engine.available ? 'ok' : used === engine.kind ? 'missing' : 'warning',
  title: ENGINE_NAMES[engine.kind],
  text: `${engine.text}. ${ENGINE_TEXTS[engine.kind]}.`,
  fix: engine.available ? null : engine.fix,
  note: used === engine.kind ? 'used for new runs' : undefined,
});

/** Does what a check offers, and says what was done. */
function Mend({ check, onDone }: { check: HealthCheck; onDone(): void }) {
  const [busy, setBusy] = useState(false);
  const mend = async (): Promise<void> => {
    setBusy(true);
    const result = await call('mend', { id: check.id });
    setBusy(false);
    if (result.ok) notify(`${check.title}: ${result.value.text}`);
    else notify(`${check.title} was not mended.`, result.error);
    onDone();
  };
  return (
    <Button disabled={busy} onClick={() => void mend()}>
      {busy ? 'At it…' : check.mend}
    </Button>
  );
}

function Report({
  report: { choice, checks },
  onMended,
}: {
  report: DoctorReport;
  onMended(): void;
}) {
  return (
    <div className={page.column}>
      <section className={page.section}>
        <h2 className={styles.choice}>New runs use {ENGINE_NAMES[choice.kind]}</h2>
        <p className={`selectable ${page.lead}`}>Because {choice.because}.</p>
      </section>
      <section className={page.section}>
        <h2 className={page.heading}>Engines</h2>
        <ul aria-label="Engines" className={styles.findings}>
          {choice.engines.map((engine) => (
            <Finding key={engine.kind} {...engineFinding(engine, choice.kind)} />
          ))}
        </ul>
      </section>
      <section className={page.section}>
        <h2 className={page.heading}>Checks</h2>
        <ul aria-label="Checks" className={styles.findings}>
          {checks.map((check) => (
            <Finding
              key={check.id}
              {...check}
              action={check.mend !== null && <Mend check={check} onDone={onMended} />}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}

/** What runs jobs on this computer, why, and what could be better. */
export default function EnginePage() {
  const [report, setReport] = useState<DoctorReport | null>(null);
  const [error, setError] = useState<ErrorData | null>(null);
  const [checking, setChecking] = useState(false);
  const check = useCallback(async () => {
    setChecking(true);
    const result = await call('doctor', {});
    setChecking(false);
    setError(result.ok ? null : result.error);
    if (result.ok) setReport(result.value);
  }, []);
  useEffect(() => void check(), [check]);
  return (
    <>
      <Toolbar
        title="Engine"
        actions={
          <>
            <CommandButton command={COMMANDS.goSettings} icon={<Settings />}>
              Settings
            </CommandButton>
            <Button
              look="primary"
              icon={<RefreshCw />}
              disabled={checking}
              onClick={() => void check()}
            >
              {checking ? 'Checking…' : 'Check again'}
            </Button>
          </>
        }
      />
      {/* Longer than a small window, and its buttons are few: it is scrolled by keys. */}
      <div className={page.scroll} role="region" aria-label="Health" tabIndex={0}>
        {error && (
          <div className={page.note}>
            <ErrorNote error={error} />
          </div>
        )}
        {!report && checking && <SkeletonRows label="Checking this computer" />}
        {report && <Report report={report} onMended={() => void check()} />}
      </div>
    </>
  );
}
