import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../core/db/testing.ts';
import { fileOf } from './served-file.ts';

describe('fileOf', () => {
  const folder = () => {
    const top = testFolder();
    mkdirSync(join(top, 'pages'));
    writeFileSync(join(top, 'pages', 'index.html'), '<p>');
    writeFileSync(join(top, 'main.js'), 'secret');
    symlinkSync(join(top, 'main.js'), join(top, 'pages', 'link.js'));
    return join(top, 'pages');
  };

  it('gives the files of the folder', async () => {
    const root = folder();
    expect(await fileOf(root, 'app://slipway/index.html')).toBe(join(root, 'index.html'));
  });

  it.each([
    'app://slipway/../main.js',
    'app://slipway/%2e%2e/main.js',
    'app://slipway/%2e%2e%2fmain.js',
    'app://slipway/link.js',
    'app://slipway/missing.js',
    'app://slipway/%zz',
    'app://slipway/%00',
    'app://slipway/',
    'app://other/index.html',
  ])('gives nothing for %s', async (address) => {
    expect(await fileOf(folder(), address)).toBeNull();
  });
});
