import type { Parameter } from '../../../shared/domain/detection.ts';
import { cx } from '../../lib/cx.ts';
import { defaultWords, isGuess, targetWords, typeWords } from './parameter-words.ts';
import styles from './detection.module.css';

function Row({ parameter }: { parameter: Parameter }) {
  const { name, help, via, evidence, command } = parameter;
  const guess = isGuess(parameter);
  const where = `${evidence.file}:${evidence.line}`;
  return (
    <tr className={cx(guess && styles.guess)}>
      <th scope="row" title={help ?? undefined}>
        <span className="mono">{name}</span>
        {guess && (
          <span
            className={styles.mark}
            title="Slipway is not sure of this one: look at the line before you rely on it"
          >
            guess
          </span>
        )}
        {help && <span className={styles.help}>{help}</span>}
      </th>
      <td>{typeWords(parameter)}</td>
      <td className="mono">{defaultWords(parameter)}</td>
      <td>
        <span className="mono">
          {[command, targetWords(parameter.target)].filter(Boolean).join(' ')}
        </span>
        <span className={styles.help} title={`Read through ${via}`}>
          {where}
        </span>
      </td>
    </tr>
  );
}

/** The parameters that were found in the code, each with the line it rests on. */
export function ParametersTable({ parameters }: { parameters: readonly Parameter[] }) {
  return (
    <div className={styles.tableBox}>
      <table className={styles.table} aria-label="Parameters">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Default</th>
            <th scope="col">Goes to, found in</th>
          </tr>
        </thead>
        <tbody>
          {parameters.map((parameter) => (
            <Row
              key={`${parameter.command} ${parameter.name} ${targetWords(parameter.target)}`}
              parameter={parameter}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
