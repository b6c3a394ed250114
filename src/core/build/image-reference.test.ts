import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalName,
  imageReferenceText,
  parseImageReference,
  registryOf,
  tagOf,
} from './image-reference.ts';

const hex = 'a'.repeat(64);

describe('parseImageReference', () => {
  it.each([
    '',
    ' ',
    'UPPER:1',
    'Upper',
    'a b',
    '-x',
    '../x',
    './x',
    '/x',
    'x/',
    'x//y',
    'x:',
    'x:-tag',
    'x:$(id)',
    '$(id)',
    'x;id',
    'x\ny',
    'x\u0000',
    'https://host/x',
    'user@host/x',
    'x@sha256:zz',
    'x@sha256:',
    `x@sha512:${hex}`,
    `x@sha256:${hex}a`,
    `x@sha256:${hex.toUpperCase()}`,
    `x:${'t'.repeat(129)}`,
    'x'.repeat(300),
    hex,
    `sha256:${hex}`,
    'х:1',
    'host:123456/x',
  ])('refuses %j as the image of a job, and as a base image', (text) => {
    const codeOf = (use: 'image' | 'base image'): unknown => {
      try {
        return parseImageReference(text, use);
      } catch (error) {
        return (error as { code?: unknown }).code;
      }
    };
    expect(codeOf('image')).toBe('E_IMAGE_REF');
    expect(codeOf('base image')).toBe('E_SETTING');
  });

  it('says how an image that has only an id can be used', () => {
    expect(() => parseImageReference(hex, 'image')).toThrow(
      expect.objectContaining({ next: expect.stringContaining('docker tag') }),
    );
  });

  const word = fc.stringMatching(/^[a-z0-9]{1,8}(?:(?:[._]|__|-{1,3})[a-z0-9]{1,4}){0,2}$/);
  const host = fc.stringMatching(/^[a-zA-Z0-9]{1,6}(?:\.[a-z0-9]{1,4}){0,2}(?::[0-9]{1,5})?$/);
  const reference = fc.record({
    name: fc
      .tuple(fc.option(host, { nil: null }), fc.array(word, { minLength: 1, maxLength: 3 }))
      .map(([first, path]) => [...(first === null ? [] : [first]), ...path].join('/')),
    tag: fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/), { nil: null }),
    digest: fc.option(
      fc.stringMatching(/^[0-9a-f]{64}$/).map((digits) => `sha256:${digits}`),
      { nil: null },
    ),
  });

  it('reads what is written, whatever the parts are', () => {
    fc.assert(
      fc.property(reference, ({ name, tag, digest }) => {
        const text = `${name}${tag === null ? '' : `:${tag}`}${digest === null ? '' : `@${digest}`}`;
        fc.pre(!/^(?:sha256:)?[0-9a-f]{64}$/.test(text));
        const parsed = parseImageReference(text, 'image');
        expect(parsed).toEqual({ name, tag, digest });
        const again = parseImageReference(imageReferenceText(parsed), 'image');
        expect(again).toEqual({ name, tag: digest === null ? (tag ?? 'latest') : null, digest });
      }),
    );
  });

  it('refuses or reads any text, and passes nothing a URL or a shell would read otherwise', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        try {
          parseImageReference(text, 'image');
        } catch (error) {
          expect(error).toMatchObject({ code: 'E_IMAGE_REF' });
          return;
        }
        expect(text).toMatch(/^[A-Za-z0-9._:/@-]+$/);
        expect(text).not.toMatch(/(^|\/)\.\.?(\/|$)/);
      }),
    );
  });

  it('names as one what stands for the same image', () => {
    fc.assert(
      fc.property(reference, ({ name }) => {
        const canonical = canonicalName(name);
        expect(canonicalName(canonical)).toBe(canonical);
        expect(canonical.startsWith(`${registryOf(name)}/`)).toBe(true);
      }),
    );
  });
});

describe('tagOf', () => {
  it.each([
    ['x', 'latest'],
    ['x:1', '1'],
    [`x@sha256:${hex}`, null],
    [`x:1@sha256:${hex}`, '1'],
  ])('of %s is %s', (text, tag) => {
    expect(tagOf(parseImageReference(text))).toBe(tag);
  });
});

describe('canonicalName', () => {
  it.each([
    ['python', 'docker.io/library/python', 'docker.io'],
    ['library/python', 'docker.io/library/python', 'docker.io'],
    ['docker.io/python', 'docker.io/library/python', 'docker.io'],
    ['index.docker.io/library/python', 'docker.io/library/python', 'docker.io'],
    ['wandb/job', 'docker.io/wandb/job', 'docker.io'],
    ['a/b/c', 'docker.io/a/b/c', 'docker.io'],
    ['localhost/x', 'localhost/x', 'localhost'],
    ['host:5000/x', 'host:5000/x', 'host:5000'],
    ['ghcr.io/acme/train', 'ghcr.io/acme/train', 'ghcr.io'],
    ['HOST/x', 'HOST/x', 'HOST'],
  ])('of %s is %s, on %s', (name, canonical, host) => {
    expect(canonicalName(name)).toBe(canonical);
    expect(registryOf(name)).toBe(host);
  });
});
