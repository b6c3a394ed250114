import type { EngineChoice } from '../../../shared/domain/engine.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useEntities } from '../../stores/entities.ts';
import type { Shape, Tone } from '../../stores/run-states.ts';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/state-mark.tsx';
import styles from './start.module.css';

interface Words {
  shape: Shape;
  tone: Tone;
  text: string;
  /** What to do, when something is to be done. */
  next?: string | undefined;
}

const LOOKING: Words = { shape: 'dashed', tone: 'grey', text: 'Looking for what can run jobs…' };

/** Which engine runs jobs here, in words, and what to do when none does. */
export function engineWords(engine: EngineChoice | null): Words {
  if (!engine) return LOOKING;
  const status = (kind: 'docker' | 'process') =>
    engine.engines.find((each) => each.kind === kind) ?? null;
  const [docker, process] = [status('docker'), status('process')];
  const ready = { shape: 'check', tone: 'green' } as const;
  if (engine.kind === 'docker' && docker?.available) {
    // Where it is there at once.
    const example = process?.available ? ', the example as a process' : '';
    return { ...ready, text: `Docker is ready: jobs run in containers${example}.` };
  }
  if (process?.available) {
    return {
      ...ready,
      text: 'Ready: jobs run as processes on this computer.',
      next: docker?.available
        ? undefined
        : 'With Docker they would run in containers; it does not answer now.',
    };
  }
  return {
    shape: 'cross',
    tone: 'red',
    text: 'Nothing here can run jobs yet.',
    next: process?.fix ?? docker?.fix ?? 'Install Python 3 or start Docker.',
  };
}

/** How it stands with the engine; leads to more about it. */
export function EngineWords() {
  const engine = useEntities((all) => all.engine);
  const { shape, tone, text, next } = engineWords(engine);
  return (
    <div className={styles.engine} role="status">
      <Mark shape={shape} tone={tone} />
      <p>
        {text}
        {next && <span className={styles.next}> {next}</span>}
      </p>
      <Button look="quiet" onClick={() => COMMANDS.goEngine.run()}>
        Details
      </Button>
    </div>
  );
}
