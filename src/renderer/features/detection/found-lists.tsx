import type { Detection, Evidence, Output } from '../../../shared/domain/detection.ts';
import { plural } from '../../lib/format.ts';
import { isGuess } from './parameter-words.ts';
import { ParametersTable } from './parameters-table.tsx';
import styles from './detection.module.css';

const OUTPUT_WORDS: Readonly<Record<Output['kind'], string>> = {
  folder: 'Folder',
  file: 'File',
  metric: 'Metric',
};

const placeOf = ({ file, line }: Evidence): string => `${file}:${line}`;

function Parameters({ parameters }: Pick<Detection, 'parameters'>) {
  return (
    <section aria-labelledby="parameters" className={styles.section}>
      <h2 id="parameters">
        Parameters {parameters.length > 0 && <span className="meta">{parameters.length}</span>}
      </h2>
      {parameters.length > 0 ? (
        <ParametersTable parameters={parameters} />
      ) : (
        <p className={styles.lead}>
          None: the code reads no arguments, configuration or environment that Slipway recognises.
        </p>
      )}
    </section>
  );
}

function Presets({ presets }: Pick<Detection, 'presets'>) {
  if (presets.length === 0) return null;
  return (
    <section aria-labelledby="presets" className={styles.section}>
      <h2 id="presets">Presets</h2>
      <ul className={styles.rows}>
        {presets.map(({ name, path, keys }) => (
          <li key={path}>
            <span>{name}</span>
            <span className={`mono ellipsis ${styles.rowBody}`}>{path}</span>
            <span className="meta">{plural(keys, 'value')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Files, folders and metrics that the code writes. */
export function FoundOutputs({ outputs }: Pick<Detection, 'outputs'>) {
  if (outputs.length === 0) return null;
  return (
    <section aria-labelledby="outputs" className={styles.section}>
      <h2 id="outputs">Outputs</h2>
      <ul className={styles.rows}>
        {outputs.map((output) => (
          <li key={`${output.kind} ${output.name}`}>
            <span className={styles.kind}>{OUTPUT_WORDS[output.kind]}</span>
            <span className={`mono ellipsis ${styles.rowBody}`}>{output.name}</span>
            {isGuess(output) && <span className={styles.mark}>guess</span>}
            <span className="meta">{placeOf(output.evidence)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Parameters, presets and outputs that were found in the code. */
export function FoundLists({ detection }: { detection: Detection }) {
  return (
    <>
      <Parameters parameters={detection.parameters} />
      <Presets presets={detection.presets} />
      <FoundOutputs outputs={detection.outputs} />
    </>
  );
}
