import type { SettingsSection } from '../../stores/route.ts';

/** What each part of the settings is called. */
export const SECTION_TITLES: Readonly<Record<SettingsSection, string>> = {
  general: 'General',
  engine: 'Engine',
  notifications: 'Notifications',
  mounts: 'Mount folders',
  logins: 'Secrets and logins',
  watched: 'Watched folders',
  room: 'Room on the disk',
  keyboard: 'Keyboard',
  about: 'About',
};

/** What else a section is found by. */
export const SECTION_WORDS: Readonly<Record<SettingsSection, string>> = {
  general: 'stop grace seconds kill package index pip pypi',
  engine: 'docker process automatic base image network container',
  notifications: 'notify ends failed tray close window',
  mounts: 'data volumes directories',
  logins: 'git registry password token key credentials keyring',
  watched: 'wandb tracked runs import',
  room: 'budget disk space clean up free gigabytes gc',
  keyboard: 'shortcuts keys hotkeys bindings',
  about: 'version data folder',
};
