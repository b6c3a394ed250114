import { cx } from '../../lib/cx.ts';
import { commandHint } from '../../commands/command.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { useEntities } from '../../stores/entities.ts';
import { ENGINE_NAMES } from '../../stores/engines.ts';
import { useUi } from '../../stores/ui.ts';
import styles from './sidebar.module.css';

/** Which engine new runs use, and whether it answers; opens the Engine page. */
export function EngineStatus() {
  const engine = useEntities((all) => all.engine);
  const current = useUi((ui) => ui.history.at.page === 'engine');
  const chosen = engine?.engines.find(({ kind }) => kind === engine.kind);
  const up = chosen?.available ?? false;
  const state = engine === null ? 'being looked for' : up ? 'ready' : 'not available';
  const name = engine === null ? 'Looking for an engine' : ENGINE_NAMES[engine.kind];
  return (
    <button
      type="button"
      className={cx(styles.item, current && styles.current)}
      aria-current={current ? 'page' : undefined}
      aria-label={`Engine: ${name}, ${state}`}
      title={engine ? `${engine.because}\n${commandHint(COMMANDS.goEngine)}` : undefined}
      onClick={() => COMMANDS.goEngine.run()}
    >
      <span className={styles.dotBox}>
        <span className={cx(styles.dot, engine && (up ? styles.up : styles.down))} />
      </span>
      <span className="ellipsis">{name}</span>
      {engine && !up && <span className={styles.itemMeta}>{state}</span>}
    </button>
  );
}
