import { expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts';
import { treeCode } from '../engines/testing/tree-code.ts';
import { baseImageFor } from './base-choice.ts';
import { dockerfileFor } from './dockerfile.ts';

const exact = (version: string) => ({ version, evidence: '' });
const range = (version: string, requires: string) => ({ version, evidence: '', requires });

it.each([
  ['python:3.11-slim', null, 'python:3.11-slim'],
  ['python:3.11-slim', exact('3.11'), 'python:3.11-slim'],
  ['python:3.11.4-slim', exact('3.11'), 'python:3.11.4-slim'],
  ['python:3.11-slim', exact('3.12'), 'python:3.12-slim'],
  ['python:3.11', exact('3.12'), 'python:3.12'],
  [
    'host:5000/team/python:3.11-slim-bookworm',
    exact('3.9'),
    'host:5000/team/python:3.9-slim-bookworm',
  ],
  ['python:3.12-slim', range('3.11', '>=3.9'), 'python:3.12-slim'],
  ['python:3.8-slim', range('3.11', '>=3.9'), 'python:3.11-slim'],
  ['python:3.1-slim', exact('3.11'), 'python:3.11-slim'],
  ['nvidia/cuda:12.4', exact('3.12'), 'nvidia/cuda:12.4'],
  ['python', exact('3.12'), 'python:latest'],
  ['mypython:3.11', exact('3.12'), 'mypython:3.11'],
])('%s and %j give %s', (baseImage, python, expected) => {
  const settings = { ...DEFAULT_SETTINGS, baseImage };
  expect(baseImageFor(treeCode('t', { python }), settings)).toBe(expected);
  const own = treeCode('t', { python }, { baseImage: 'mine:1' });
  expect(baseImageFor(own, settings)).toBe('mine:1');
  expect(dockerfileFor(own, settings)).toMatch(/^FROM mine:1\n/);
});

it('installs pinned lines without looking for others, and keeps the index out of the image', () => {
  const settings = { ...DEFAULT_SETTINGS, packageIndex: 'https://host/simple' };
  const code = treeCode('t', { requirements: 'a==1\n', locked: true });
  expect(dockerfileFor(code, settings)).toContain('--no-deps');
  expect(dockerfileFor(code, settings)).toContain('--mount=type=bind,source=pip.conf');
  expect(dockerfileFor(code, settings)).not.toMatch(/COPY .*pip\.conf/);
  expect(dockerfileFor(treeCode('t', { requirements: 'a\n' }), settings)).not.toContain(
    '--no-deps',
  );
});
