import { formatValue } from '../metrics/scale.ts';
import { valueText } from './flat-values.ts';
import styles from './runs.module.css';

/** A value of a column, shortened to fit; all of it on hover. */
export function ValueCell({ value }: { value: unknown }) {
  if (value === undefined) return <span className={styles.reason}>–</span>;
  const text = valueText(value);
  return (
    <span className="mono" title={text}>
      {typeof value === 'number' ? formatValue(value) : text}
    </span>
  );
}
