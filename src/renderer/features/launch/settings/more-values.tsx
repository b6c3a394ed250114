import { useId } from 'react';
import type { JsonValues } from '../../../../shared/domain/json.ts';
import { call } from '../../../bridge/client.ts';
import { cx } from '../../../lib/cx.ts';
import { plural } from '../../../lib/format.ts';
import ui from '../../../ui/field.module.css';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setSpec, setText, setUnread } from '../launch-store.ts';
import { SettingRow } from './setting-row.tsx';

const PLACE = 'config';

const writeJson = (values: JsonValues): string =>
  Object.keys(values).length > 0 ? JSON.stringify(values, null, 2) : '';

/** More keys for `wandb.config` than the version has inputs for, as JSON that main reads. */
export function ConfigRow() {
  const store = useLaunchStore();
  const id = useId();
  const config = useLaunch(({ spec }) => spec.config);
  const typed = useLaunch(({ texts }) => texts[PLACE]);
  const wrong = useLaunch(({ unread }) => unread[PLACE] !== undefined);
  const type = async (text: string): Promise<void> => {
    setText(store, PLACE, text, null);
    if (text.trim() === '') return setSpec(store, { config: {} });
    const answer = await call('checkDocument', { text, format: 'json' });
    if (store.getState().texts[PLACE] !== text) return;
    if (!answer.ok) return setUnread(store, PLACE, answer.error.message);
    const { values, problem } = answer.value;
    if (values) setSpec(store, { config: values });
    else setUnread(store, PLACE, problem?.message ?? 'It cannot be read.');
  };
  const reset = (): void => {
    setText(store, PLACE, '', null);
    setSpec(store, { config: {} });
  };
  const text = typed ?? writeJson(config);
  return (
    <SettingRow
      label="More of wandb.config"
      id={id}
      place={PLACE}
      help="Keys that are no inputs of this version, as JSON"
      changed={text !== ''}
      onReset={reset}
    >
      <textarea
        id={id}
        value={text}
        rows={Math.min(10, Math.max(2, text.split('\n').length))}
        placeholder={'{ "key": "value" }'}
        spellCheck={false}
        aria-invalid={wrong || undefined}
        className={cx(ui.input, ui.area, 'mono')}
        onChange={({ target }) => void type(target.value)}
      />
    </SettingRow>
  );
}

/** Values for config files that came with a preset or an earlier run; shown while there are any. */
export function FilesRow() {
  const store = useLaunchStore();
  const files = useLaunch(({ spec }) => spec.files);
  const entries = Object.entries(files);
  if (entries.length === 0) return null;
  return (
    <SettingRow
      label="Values in files"
      place="files"
      help="Written into these config files; they came with the values"
      changed
      onReset={() => setSpec(store, { files: {} })}
    >
      <ul className="selectable">
        {entries.map(([path, values]) => (
          <li key={path} title={JSON.stringify(values, null, 2)}>
            <span className="mono">{path}</span>{' '}
            <span className="meta">{plural(Object.keys(values).length, 'key')}</span>
          </li>
        ))}
      </ul>
    </SettingRow>
  );
}
