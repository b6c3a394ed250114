import { typeTree, type TypeNode } from './type-words.ts';
import styles from './job.module.css';

function Nodes({ nodes }: { nodes: readonly TypeNode[] }) {
  return (
    <ul className={styles.typeList}>
      {nodes.map(({ name, words, children }) => (
        <li key={name}>
          <span className={styles.typeRow}>
            <span className="mono">{name}</span>
            <span className={styles.typeWords}>{words}</span>
          </span>
          {children.length > 0 && <Nodes nodes={children} />}
        </li>
      ))}
    </ul>
  );
}

/** The names and types of a config or summary. */
export function TypeTree({ type }: { type: unknown }) {
  const { children } = typeTree(type);
  if (children.length === 0) return <p className={styles.noFiles}>None were logged.</p>;
  return <Nodes nodes={children} />;
}
