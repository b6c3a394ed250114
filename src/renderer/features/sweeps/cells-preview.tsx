import type { SweepPreview } from '../../../shared/domain/sweep.ts';
import { formatCount, plural } from '../../lib/format.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { ValueCell } from '../runs/value-cell.tsx';
import styles from './sweep-footer.module.css';

/** The first cells of a sweep, as a table that folds. */
export function CellsPreview({ preview }: { preview: SweepPreview }) {
  const { cells, first } = preview;
  const inputs = Object.keys(first[0] ?? {});
  return (
    <Disclosure title={plural(cells, 'cell')}>
      <div className={styles.tableBox} tabIndex={0} role="region" aria-label="First cells">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Cell</th>
              {inputs.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.map((values, cell) => (
              <tr key={cell}>
                <td className={styles.place}>{cell + 1}</td>
                {inputs.map((name) => (
                  <td key={name}>
                    <ValueCell value={values[name]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        {cells > first.length && (
          <p className={styles.more}>and {formatCount(cells - first.length)} more</p>
        )}
      </div>
    </Disclosure>
  );
}
