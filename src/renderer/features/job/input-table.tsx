import type { InputField, InputOrigin } from '../../../shared/domain/inputs.ts';
import { fieldLabel, limitWords, targetsWords, valueWords } from '../launch/field-words.ts';
import detection from '../detection/detection.module.css';
import styles from './job.module.css';

/** Type, choices and limits: "adamw or sgd", "integer, at least 1", "list of string". */
function typeWords(field: InputField): string {
  const { type, choices, items, secret } = field;
  if (choices && choices.length > 0)
    return choices.map((choice) => valueWords(choice)).join(' or ');
  const word = type === 'unknown' ? 'not known' : type;
  const whole = items ? `${word} of ${items.type}` : word;
  return [secret ? `secret ${whole}` : whole, limitWords(field)].filter(Boolean).join(', ');
}

/** The default; what a secret holds is not repeated. */
function DefaultCell({ field }: { field: InputField }) {
  if (!field.hasDefault)
    return <span className={styles.quiet}>{field.required ? 'required' : 'none'}</span>;
  if (field.secret && field.default !== null && field.default !== '') return <>••••</>;
  return <span className="mono">{field.default === '' ? '""' : valueWords(field.default)}</span>;
}

/** The words, and the place where they do not name it. */
const originWords = ({ text, evidence }: InputOrigin): string =>
  evidence === null || text.includes(evidence.file)
    ? text
    : `${text}, ${evidence.file}:${evidence.line}`;

/** How it is known. */
function Origin({ origin }: { origin: InputOrigin }) {
  const words = originWords(origin);
  return (
    <span className={detection.help} title={words}>
      {words}
    </span>
  );
}

function Row({ field }: { field: InputField }) {
  const label = fieldLabel(field);
  const above = field.group.join(' › ');
  return (
    <tr>
      <th scope="row">
        <span className="mono">{field.name}</span>
        {label !== field.name && above === '' && <span className={detection.help}>{label}</span>}
        {field.help && <span className={detection.help}>{field.help}</span>}
      </th>
      <td>{typeWords(field)}</td>
      <td>
        <DefaultCell field={field} />
      </td>
      <td>
        <span className="mono">
          {[field.command, targetsWords(field) || 'cannot be set'].filter(Boolean).join(' ')}
        </span>
        {field.origins.map((origin) => (
          <Origin key={origin.kind + origin.text} origin={origin} />
        ))}
      </td>
    </tr>
  );
}

/** Everything a launch can be given: what it may be, where it goes, and how it is known. */
export function InputTable({ fields }: { fields: readonly InputField[] }) {
  return (
    <div className={detection.tableBox}>
      <table className={detection.table} aria-label="Inputs">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">Default</th>
            <th scope="col">Goes to, known from</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <Row key={field.name} field={field} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
