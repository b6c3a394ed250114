import type { Settings } from '../../../shared/domain/settings.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { useEntities } from '../../stores/entities.ts';
import { ENGINE_NAMES, ENGINE_TEXTS } from '../../stores/engines.ts';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Switch } from '../../ui/switch.tsx';
import { Section } from './section.tsx';
import { SettingText } from './setting-text.tsx';
import type { SettingsState } from './use-settings.ts';

interface Props {
  settings: Settings;
  state: SettingsState;
}

/** Longest grace time the contract takes, seconds. */
const MOST_GRACE = 3600;

const wrong = (message: string, next: string): ErrorData => ({ code: 'E_SETTING', message, next });

const checkGrace = (text: string): ErrorData | null =>
  /^\d+$/.test(text) && Number(text) <= MOST_GRACE
    ? null
    : wrong(`"${text}" is no number of seconds.`, `Write a number from 0 to ${MOST_GRACE}.`);

const checkImage = (text: string): ErrorData | null =>
  text ? null : wrong('There is no image without a name.', 'Write one, such as python:3.11-slim.');

interface TextProps extends Props {
  name: 'packageIndex' | 'baseImage' | 'dockerNetwork';
  label: string;
  hint: string;
  placeholder?: string;
  check?: (text: string) => ErrorData | null;
}

/** A setting that is kept as it is typed. */
function PlainText({ settings, state, name, ...field }: TextProps) {
  return (
    <SettingText
      {...field}
      value={settings[name]}
      error={state.errors[name]}
      onSave={(text) => state.change(name, text)}
    />
  );
}

/** How runs end, and where their packages come from. */
export function General(props: Props) {
  const { settings, state } = props;
  return (
    <Section id="general">
      <SettingText
        label="Stop grace, in seconds"
        inputMode="numeric"
        value={String(settings.stopGraceSeconds)}
        hint="Time a run has to end by itself after Stop, before it is killed"
        error={state.errors.stopGraceSeconds}
        check={checkGrace}
        onSave={(text) => state.change('stopGraceSeconds', Number(text))}
      />
      <PlainText
        {...props}
        name="packageIndex"
        label="Package index"
        placeholder="pip’s own"
        hint="Address pip installs from, without a password"
      />
    </Section>
  );
}

/** What runs are executed by. */
export function EngineSettings(props: Props) {
  const { settings, state } = props;
  const engine = useEntities((all) => all.engine);
  const found = (kind: 'docker' | 'process'): string =>
    engine?.engines.find((status) => status.kind === kind)?.text ?? '';
  return (
    <Section id="engine">
      <ChoiceList
        label="Engine of new runs"
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
        onChange={(value) => state.choose('engine', value as Settings['engine'])}
      />
      {state.errors.engine && <ErrorNote error={state.errors.engine} />}
      <PlainText
        {...props}
        name="baseImage"
        label="Base image"
        hint="Image that generated Dockerfiles start from"
        check={checkImage}
      />
      <PlainText
        {...props}
        name="dockerNetwork"
        label="Docker network"
        placeholder="The engine’s default"
        hint="Network of builds and containers"
      />
    </Section>
  );
}

/** What is said when the window is not looked at, and whether Slipway stays. */
export function Notifications({ settings, state }: Props) {
  const { notify, closeToTray } = state.errors;
  return (
    <Section id="notifications">
      <ChoiceList
        label="When a run ends"
        value={settings.notify}
        choices={[
          {
            value: 'all',
            title: 'Always notify',
            text: 'Not of a run that is on the screen, or that you stopped',
          },
          { value: 'failures', title: 'When it failed or crashed' },
          { value: 'never', title: 'Never' },
        ]}
        onChange={(value) => state.choose('notify', value as Settings['notify'])}
      />
      <Switch on={settings.closeToTray} onChange={(on) => state.choose('closeToTray', on)}>
        Keep Slipway in the tray when the window is closed
      </Switch>
      {(notify ?? closeToTray) && <ErrorNote error={(notify ?? closeToTray)!} />}
    </Section>
  );
}
