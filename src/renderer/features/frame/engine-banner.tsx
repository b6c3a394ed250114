import { RefreshCw, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { clockText } from '../../../shared/clock-text.ts';
import { call } from '../../bridge/client.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { plural } from '../../lib/format.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import { useEntities } from '../../stores/entities.ts';
import { Button } from '../../ui/button.tsx';
import { missedEngine, type MissedEngine } from './missed-engine.ts';
import styles from './engine-banner.module.css';

/** Looks for the engine now, instead of when it is looked for anyway. */
function Retry() {
  const [looking, setLooking] = useState(false);
  const look = async (): Promise<void> => {
    setLooking(true);
    // What is found comes as every change of an engine does.
    await call('engineChoice', {});
    setLooking(false);
  };
  return (
    <Button icon={<RefreshCw />} disabled={looking} onClick={() => void look()}>
      {looking ? 'Looking…' : 'Try again'}
    </Button>
  );
}

function headline({ status, runs }: MissedEngine): string {
  const { kind, since } = status;
  const time = since === null ? null : clockText(since, Date.now());
  const waiting =
    runs === 0 ? '' : ` ${plural(runs, 'run')} ${runs === 1 ? 'waits' : 'wait'} for it.`;
  return `${ENGINE_NAMES[kind]} ${time ? `has not been available since ${time}` : 'is not available now'}.${waiting}`;
}

/** The one place that says that an engine is missed, for as long as it is. It goes by itself. */
export function EngineBanner() {
  const missed = useEntities(
    useShallow((all) => missedEngine(all, Date.now()) ?? { status: null, runs: 0 }),
  );
  if (missed.status === null) return null;
  const { status } = missed;
  return (
    <div role="status" aria-label="Engine" className={styles.banner}>
      <TriangleAlert size={16} aria-hidden="true" className={styles.icon} />
      <p className={`selectable ${styles.text}`}>
        <strong>{headline({ ...missed, status })}</strong> {status.text}
        {status.fix && ` ${status.fix}`}
      </p>
      <Retry />
      <Button look="quiet" onClick={() => COMMANDS.goEngine.run()}>
        Details
      </Button>
    </div>
  );
}
