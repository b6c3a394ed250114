import type { Settings } from '../../../shared/domain/settings.ts';
import { useEntities } from '../../stores/entities.ts';
import { ENGINE_NAMES, ENGINE_TEXTS } from '../../stores/engines.ts';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { TextField } from '../../ui/text-field.tsx';
import page from '../frame/page.module.css';
import styles from './settings.module.css';

interface Props {
  settings: Settings;
  onChange: (change: Partial<Settings>) => void;
  onSubmit: () => void;
}

/** Longest grace time the contract takes, seconds. */
const MOST_GRACE = 3600;

export function SettingsForm({ settings, onChange, onSubmit }: Props) {
  const engine = useEntities((all) => all.engine);
  const found = (kind: 'docker' | 'process'): string =>
    engine?.engines.find((status) => status.kind === kind)?.text ?? '';
  return (
    <form
      aria-label="Settings"
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <section className={page.section}>
        <ChoiceList
          label="Engine"
          value={settings.engine}
          choices={[
            {
              value: 'auto',
              title: 'Automatic',
              text: 'Docker where it answers, else a process on this computer',
            },
            {
              value: 'docker',
              title: ENGINE_NAMES.docker,
              text: found('docker') || ENGINE_TEXTS.docker,
            },
            { value: 'process', title: ENGINE_NAMES.process, text: ENGINE_TEXTS.process },
          ]}
          onChange={(value) => onChange({ engine: value as Settings['engine'] })}
        />
      </section>
      <TextField
        label="Base image"
        mono
        value={settings.baseImage}
        hint="Image that generated Dockerfiles start from"
        onChange={(baseImage) => onChange({ baseImage })}
      />
      <TextField
        label="Package index"
        mono
        value={settings.packageIndex}
        placeholder="pip’s own"
        hint="Address pip installs from, without a password"
        onChange={(packageIndex) => onChange({ packageIndex })}
      />
      <TextField
        label="Docker network"
        mono
        value={settings.dockerNetwork}
        placeholder="The engine’s default"
        hint="Network of builds and containers"
        onChange={(dockerNetwork) => onChange({ dockerNetwork })}
      />
      <TextField
        label="Stop grace, in seconds"
        mono
        inputMode="numeric"
        value={String(settings.stopGraceSeconds)}
        hint="Time a run has to end by itself after Stop, before it is killed"
        onChange={(text) => {
          const seconds = Number(text.replace(/\D/g, ''));
          onChange({ stopGraceSeconds: Math.min(MOST_GRACE, seconds) });
        }}
      />
    </form>
  );
}
