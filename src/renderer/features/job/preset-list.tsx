import { Trash2 } from 'lucide-react';
import type { InputPreset } from '../../../shared/domain/inputs.ts';
import { call } from '../../bridge/client.ts';
import { plural } from '../../lib/format.ts';
import { notify } from '../../stores/ui.ts';
import { IconButton } from '../../ui/button.tsx';
import detection from '../detection/detection.module.css';

interface Props {
  jobId: string;
  presets: readonly InputPreset[];
  onRemoved: (name: string) => void;
}

/** Sets of values that a launch can start with: files beside the code, and saved ones. */
export function PresetList({ jobId, presets, onRemoved }: Props) {
  if (presets.length === 0) return null;
  const remove = async (name: string): Promise<void> => {
    const result = await call('removePreset', { jobId, name });
    if (result.ok) onRemoved(name);
    else notify(`The preset ${name} was not removed.`, result.error);
  };
  return (
    <section aria-labelledby="presets" className={detection.section}>
      <h2 id="presets">Presets</h2>
      <ul className={detection.rows}>
        {presets.map(({ name, kind, path, keys }) => (
          <li key={`${kind} ${name}`}>
            <span>{name}</span>
            <span className={`mono ellipsis ${detection.rowBody}`}>{path}</span>
            <span className="meta">
              {kind === 'saved' ? 'saved, ' : ''}
              {plural(keys, 'value')}
            </span>
            {kind === 'saved' && (
              <IconButton
                label={`Remove preset ${name}`}
                icon={<Trash2 />}
                onClick={() => void remove(name)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
