import { useId } from 'react';
import { durationText, exactMemory, memoryText } from '../../../../shared/units.ts';
import { cx } from '../../../lib/cx.ts';
import ui from '../../../ui/field.module.css';
import { Switch } from '../../../ui/switch.tsx';
import { useLaunch, useLaunchStore } from '../launch-context.ts';
import { setSettings } from '../launch-store.ts';
import { LimitRow, type Limit } from './limit-row.tsx';
import { SettingRow } from './setting-row.tsx';
import { readGpus, readNumber, readSize, readTime } from './units.ts';

const LIMITS: readonly Limit[] = [
  {
    key: 'cpus',
    label: 'CPUs',
    placeholder: 'No limit',
    help: 'How many processors it may keep busy, such as 2 or 1.5',
    read: readNumber(false),
    write: String,
  },
  {
    key: 'memoryBytes',
    label: 'Memory',
    placeholder: 'No limit',
    help: 'Beyond it the run is killed: 512 MiB, 4 GiB',
    read: readSize,
    write: exactMemory,
    told: memoryText,
  },
  {
    key: 'shmBytes',
    label: 'Shared memory',
    placeholder: 'As the engine has it',
    help: 'Data loaders with workers need some: 1 GiB',
    read: readSize,
    write: exactMemory,
    told: memoryText,
  },
  {
    key: 'pids',
    label: 'Processes',
    placeholder: '1024',
    help: 'How many processes and threads there may be at a time',
    read: readNumber(true),
    write: String,
  },
  {
    key: 'gpus',
    label: 'GPUs',
    placeholder: 'None',
    help: 'How many, or all',
    read: readGpus,
    write: String,
  },
  {
    key: 'timeLimitSeconds',
    label: 'Time limit',
    placeholder: 'None',
    help: 'From the start of the program: 90 min, 12 h',
    read: readTime,
    write: durationText,
    told: durationText,
  },
];

function NetworkRow() {
  const store = useLaunchStore();
  const network = useLaunch(({ spec }) => spec.settings.network);
  return (
    <SettingRow
      label="Network"
      place="settings.network"
      help={network ? 'It can reach other machines' : 'It reaches nothing but itself'}
      changed={!network}
      onReset={() => setSettings(store, { network: true })}
    >
      <Switch label="Network" on={network} onChange={(on) => setSettings(store, { network: on })}>
        <span className="meta">{network ? 'On' : 'Off'}</span>
      </Switch>
    </SettingRow>
  );
}

function UserRow() {
  const store = useLaunchStore();
  const id = useId();
  const user = useLaunch(({ spec }) => spec.settings.user);
  return (
    <SettingRow
      label="User"
      id={id}
      place="settings.user"
      help="A number, 1000:1000, or a name that the image knows"
      changed={user !== null}
      onReset={() => setSettings(store, { user: null })}
    >
      <input
        id={id}
        type="text"
        value={user ?? ''}
        placeholder="Chosen by Slipway"
        spellCheck={false}
        autoComplete="off"
        className={cx(ui.input, 'mono')}
        onChange={({ target }) => setSettings(store, { user: target.value || null })}
      />
    </SettingRow>
  );
}

/** What the run may use of the machine. */
export function Resources() {
  return (
    <>
      {LIMITS.map((limit) => (
        <LimitRow key={limit.key} limit={limit} />
      ))}
      <NetworkRow />
      <UserRow />
    </>
  );
}
