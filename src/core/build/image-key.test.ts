import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../shared/domain/settings.ts';
import { EMPTY_PLAN } from '../engines/testing/tree-code.ts';
import { imageKey, imageLabels, imageParts, imageTag, whyBuild } from './image-key.ts';

const plan = (requirements: string) => ({ ...EMPTY_PLAN, requirements });
const TREE = 'a'.repeat(64);
const base = imageParts(TREE, plan('numpy'), DEFAULT_SETTINGS);

describe('imageKey', () => {
  it('is the same for the same inputs, and makes a valid tag', () => {
    expect(
      imageKey(imageParts(TREE, plan('numpy'), { ...DEFAULT_SETTINGS, stopGraceSeconds: 3 })),
    ).toBe(imageKey(base));
    expect(imageTag(imageKey(base))).toMatch(/^slipway\/job:[0-9a-f]{24}$/);
  });

  it.each([
    imageParts('b'.repeat(64), plan('numpy'), DEFAULT_SETTINGS),
    imageParts(TREE, plan('numpy\n'), DEFAULT_SETTINGS),
    imageParts(TREE, plan('numpy'), { ...DEFAULT_SETTINGS, packageIndex: 'https://h/' }),
    imageParts(TREE, plan('numpy'), { ...DEFAULT_SETTINGS, baseImage: 'python:3.12' }),
  ])('differs when an input differs', (parts) => {
    expect(imageKey(parts)).not.toBe(imageKey(base));
  });

  it('does not depend on the index when nothing is installed', () => {
    const none = imageParts(TREE, plan('# nothing'), DEFAULT_SETTINGS);
    const other = imageParts(TREE, plan(''), { ...DEFAULT_SETTINGS, packageIndex: 'https://h/' });
    expect(imageKey(none)).toBe(imageKey(other));
  });
});

describe('whyBuild', () => {
  const labels = imageLabels(base, 'sha256:1', 'job');
  it.each([
    ['first build', base, 'sha256:1', null],
    ['the image was removed', base, 'sha256:1', labels],
    ['the base image changed', base, 'sha256:2', labels],
    ['the code changed', { ...base, tree: 'x' }, 'sha256:1', labels],
    [
      'the code and the dependencies changed',
      { ...base, tree: 'x', dependencies: 'y' },
      'sha256:1',
      labels,
    ],
  ])('%s', (text, parts, baseId, earlier) => {
    expect(whyBuild(parts, baseId, earlier)).toBe(text);
  });
});
