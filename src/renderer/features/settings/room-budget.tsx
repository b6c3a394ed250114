import type { Settings } from '../../../shared/domain/settings.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { fileSize, readFileSize } from '../../../shared/units.ts';
import { COMMANDS } from '../../commands/registry.ts';
import { CommandButton } from '../../ui/button.tsx';
import { Section } from './section.tsx';
import { SettingText } from './setting-text.tsx';
import type { SettingsState } from './use-settings.ts';

const bytesOf = (text: string): number | null => (text === '' ? 0 : readFileSize(text));

const check = (text: string): ErrorData | null =>
  bytesOf(text) !== null
    ? null
    : { code: 'E_SETTING', message: `"${text}" is no size.`, next: 'Write it as 20 GB or 800 MB.' };

/** What everything may take, and the way to what takes it. */
export function RoomBudget({ settings, state }: { settings: Settings; state: SettingsState }) {
  const { roomBudgetBytes } = settings;
  return (
    <Section id="room">
      <SettingText
        label="Budget"
        placeholder="No limit"
        value={roomBudgetBytes === 0 ? '' : fileSize(roomBudgetBytes)}
        hint="Once a day, what nothing needs and was used longest ago is freed until all takes no more"
        error={state.errors.roomBudgetBytes}
        check={check}
        onSave={(text) => state.change('roomBudgetBytes', bytesOf(text)!)}
      />
      <div>
        <CommandButton command={COMMANDS.goRoom}>Show what takes room…</CommandButton>
      </div>
    </Section>
  );
}
