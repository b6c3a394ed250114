import type { FieldChange } from '../../../shared/domain/comparison.ts';
import styles from './compare.module.css';

interface Props {
  title: string;
  fields: readonly FieldChange[];
}

const Side = ({ text, words }: { text: string | null; words: string }) =>
  text === null ? (
    <span className={styles.none}>{words}</span>
  ) : (
    <span className="mono">{text}</span>
  );

/** Named values that differ, before and after. */
export function FieldChanges({ title, fields }: Props) {
  if (fields.length === 0) return null;
  return (
    <section aria-label={title} className={styles.section}>
      <h2>{title}</h2>
      <table className={styles.table}>
        <thead className="sr-only">
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {fields.map(({ name, before, after }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={styles.before}>
                <Side text={before} words="not there" />
              </td>
              <td>
                <Side text={after} words="not there any more" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
