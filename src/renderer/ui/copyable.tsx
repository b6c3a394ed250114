import { CopyButton } from './copy-button.tsx';
import styles from './copyable.module.css';

interface Props {
  text: string;
  /** A shorter form of it. */
  shown?: string;
  label: string;
}

/** An id or a path, with its copy button. */
export function Copyable({ text, shown = text, label }: Props) {
  return (
    <span className={styles.copyable}>
      <span className="mono" title={text}>
        {shown}
      </span>
      <CopyButton text={text} label={label} />
    </span>
  );
}
