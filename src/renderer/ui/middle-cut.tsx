import styles from './middle-cut.module.css';

/** As much of the end as tells names of one kind apart: `seed-012`. */
const END = 8;
/** A shorter one has room everywhere. */
const LEAST = 14;

/**
 * A name on one line, cut in its middle where there is no room for all of it: what tells many names apart is
 * mostly their end. `quiet`: it is told to screen readers elsewhere.
 */
export function MiddleCut({ text, quiet = false }: { text: string; quiet?: boolean }) {
  if (text.length < LEAST) return <span className={styles.whole}>{text}</span>;
  return (
    <span className={styles.box}>
      {/* In two parts it would be read as two words. */}
      {!quiet && <span className="sr-only">{text}</span>}
      <span aria-hidden="true" className={styles.start}>
        {text.slice(0, -END)}
      </span>
      <span aria-hidden="true" className={styles.end}>
        {text.slice(-END)}
      </span>
    </span>
  );
}
