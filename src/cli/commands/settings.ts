import { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../shared/domain/settings.ts';
import { fileSize, readFileSize } from '../../shared/units.ts';
import { printFields, printJson } from '../output.ts';
import { withCore } from '../with-core.ts';

const KEYS = Object.keys(DEFAULT_SETTINGS) as (keyof Settings)[];

const YES: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'on', 'yes'].map((word) => [word, true] as const),
  ...['false', 'off', 'no'].map((word) => [word, false] as const),
]);

/** `baseImage` is `base-image` on the command line. */
const optionName = (key: string): string =>
  key.replace(/Bytes$/, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function settingsCommand(): Command {
  const settings = new Command('settings').description('Show or change the settings.');
  settings
    .command('list', { isDefault: true })
    .description('Show the settings.')
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const all = core.settings.get();
        if (globals.json) return printJson(all);
        printFields(KEYS.map((key) => [optionName(key), textOf(key, all[key])]));
      });
    });
  settings
    .command('set')
    .description('Change a setting; without a value, back to its default.')
    .argument('<name>', KEYS.map(optionName).join(', '))
    .argument('[value]')
    .action(async (name: string, value: string | undefined, _options, command: Command) => {
      await withCore(command, async (core, globals) => {
        const key = keyOf(name);
        const saved = core.settings.save({ ...core.settings.get(), [key]: parse(key, value) });
        if (globals.json) return printJson(saved);
        printFields([[optionName(key), textOf(key, saved[key])]]);
      });
    });
  return settings;
}

function keyOf(name: string): keyof Settings {
  const key = KEYS.find((candidate) => optionName(candidate) === name || candidate === name);
  if (key) return key;
  throw new AppError('E_SETTING', `There is no setting "${name}".`, {
    next: `There are: ${KEYS.map(optionName).join(', ')}.`,
  });
}

const isSize = (key: keyof Settings): boolean => key.endsWith('Bytes');

function textOf(key: keyof Settings, value: Settings[keyof Settings]): string {
  if (isSize(key)) return value === 0 ? 'none' : fileSize(Number(value));
  return (typeof value === 'object' ? value.join(', ') : String(value)) || '-';
}

/** @throws AppError `E_SETTING` for a list, which is changed one by one */
function parse(key: keyof Settings, value: string | undefined): Settings[keyof Settings] {
  const byDefault = DEFAULT_SETTINGS[key];
  if (value === undefined) return byDefault;
  if (typeof byDefault === 'object') {
    throw new AppError('E_SETTING', `The setting "${optionName(key)}" is a list.`, {
      next: 'Change it with "slipway mount allow <folder>" and "slipway mount forbid <folder>".',
    });
  }
  if (isSize(key)) return sizeOf(key, value);
  if (typeof byDefault === 'boolean') return YES.get(value.toLowerCase()) ?? value;
  return typeof byDefault === 'number' ? Number(value) : value;
}

function sizeOf(key: keyof Settings, value: string): number {
  const bytes = value === 'none' ? 0 : readFileSize(value);
  if (bytes !== null) return bytes;
  throw new AppError('E_SETTING', `"${value}" is no size for "${optionName(key)}".`, {
    next: 'Write it as 20GB or 800MB; "none" for no limit.',
  });
}
