import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts';
import { SettingsRepo } from './settings-repo.ts';
import { testDatabase } from './testing.ts';

describe('SettingsRepo', () => {
  it('gives back what was saved, and refuses what is not valid', () => {
    const settings = new SettingsRepo(testDatabase().db);
    expect(settings.get()).toEqual(DEFAULT_SETTINGS);
    const changed = { ...DEFAULT_SETTINGS, stopGraceSeconds: 3 };
    expect(settings.save(changed)).toEqual(changed);
    expect(() => settings.save({ ...changed, baseImage: '' })).toThrow('baseImage is not valid');
    for (const packageIndex of [
      'pypi',
      'http://<no value>:1/',
      'ftp://x/',
      'https://me:pw@host/',
    ]) {
      expect(() => settings.save({ ...changed, packageIndex })).toThrow('package index cannot be');
    }
    expect(settings.get()).toEqual(changed);
  });

  it.each([
    ['baseImage', '""'],
    ['baseImage', 'not JSON'],
    ['wasRemoved', '1'],
  ])('loses nothing else to a row %s of %s', (key, value) => {
    const { db } = testDatabase();
    const settings = new SettingsRepo(db);
    settings.save({ ...DEFAULT_SETTINGS, baseImage: 'python:3.12', stopGraceSeconds: 3 });
    db.write(() => db.run('INSERT OR REPLACE INTO setting VALUES (?, ?)', key, value));
    const baseImage = key === 'baseImage' ? DEFAULT_SETTINGS.baseImage : 'python:3.12';
    expect(settings.get()).toEqual({ ...DEFAULT_SETTINGS, baseImage, stopGraceSeconds: 3 });
  });
});
