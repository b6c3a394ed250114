import { describe, expect, it } from 'vitest';
import { imageKey, imageLabels, imageTag, LABELS, whyBuild } from './image-key.ts';

const base = { template: '1', base: 'python:3.11', tree: 'a', dependencies: 'd', options: '' };

describe('imageKey', () => {
  it('is the same for the same inputs, and makes a valid tag', () => {
    expect(imageKey({ ...base })).toBe(imageKey(base));
    expect(imageTag(imageKey(base))).toMatch(/^slipway\/job:[0-9a-f]{24}$/);
  });

  it.each(['template', 'base', 'tree', 'dependencies', 'options'] as const)(
    'differs when the %s differs',
    (part) => expect(imageKey({ ...base, [part]: 'other' })).not.toBe(imageKey(base)),
  );
});

describe('whyBuild', () => {
  const labels = imageLabels(base, 'sha256:1', { jobId: 'job', instanceId: 'here' });
  const { [LABELS.options]: _, ...older } = labels;
  it.each([
    ['first build', base, 'sha256:1', null],
    ['the image was removed', base, 'sha256:1', labels],
    ['the image was removed', base, 'sha256:1', older],
    ['the base image changed', base, 'sha256:2', labels],
    ['the Dockerfile changed', { ...base, template: '2' }, 'sha256:1', labels],
    ['the build options changed', { ...base, options: 'x' }, 'sha256:1', labels],
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
