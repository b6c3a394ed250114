import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { givenDocument } from './given-document.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'slipway-document-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe('a document that is given on the line', () => {
  it.each([
    ['a.json', 'json'],
    ['a.yaml', 'yaml'],
    ['a.YML', 'yaml'],
    ['a.toml', 'toml'],
    ['2024-11.json', 'json'],
    ['launch', 'json'],
  ])('is the file %s, as %s', (name, format) => {
    expect(givenDocument(file(name, 'a text'), '-c')).toEqual({ text: 'a text', format });
  });

  it.each(['{"a": 1}', '{bad', ' [1]', '"text"', '12', '-1', '', "{'a': 1}"])(
    'is the text %s itself',
    (text) => {
      expect(givenDocument(text, '-c')).toEqual({ text, format: 'json' });
    },
  );

  it('keeps a byte order mark for the reader to judge', () => {
    expect(givenDocument(file('bom.json', '\ufeff{}'), '-c').text).toBe('\ufeff{}');
  });

  it.each(['notjson', '/not/there.json', `a\nb`, 'x'.repeat(300)])('is not %s', (given) => {
    expect(() => givenDocument(given, '-c')).toThrow(expect.objectContaining({ code: 'E_ARGS' }));
  });

  it('is no folder, no broken text and nothing huge', () => {
    mkdirSync(join(folder, 'sub'));
    const latin = file('latin.json', Buffer.from([0x7b, 0xff, 0x7d]));
    const huge = file('huge.json', ' '.repeat(9 * 1024 * 1024));
    const codes = [join(folder, 'sub'), latin, huge].map((path) => {
      try {
        return givenDocument(path, '-c').format;
      } catch (error) {
        return (error as { code: string }).code;
      }
    });
    expect(codes).toEqual(['E_ARGS', 'E_JSON', 'E_JSON_LIMIT']);
  });
});
