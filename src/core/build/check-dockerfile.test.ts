import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BuilderAbilities, BuildOptions } from './check-types.ts';
import { checkDockerfile } from './check-dockerfile.ts';

const OLD: BuilderAbilities = {
  builder: 'buildkit',
  major: 20,
  platform: 'linux/amd64',
  hasFrontend: false,
};
const CLASSIC: BuilderAbilities = { ...OLD, builder: 'classic' };
const NEW: BuilderAbilities = { ...OLD, major: 29 };
const NONE: BuildOptions = { args: {}, target: null };

const check = (text: string, abilities = OLD, options = NONE) =>
  checkDockerfile(text, options, abilities);
const brief = (text: string, abilities = OLD, options = NONE): string[] =>
  check(text, abilities, options).findings.map(
    ({ rule, line, blocks }) => `${rule}:${line}${blocks ? '' : ' (told)'}`,
  );

const HELLO = `# syntax=docker/dockerfile:1.4
FROM python:3.9-slim
WORKDIR /launch
COPY --link requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/pip \\
    pip install -r requirements.txt
COPY --link --chown=1000 job.py ./
ENTRYPOINT ["python", "job.py"]
`;

describe('what an engine cannot build', () => {
  it.each<[string, BuilderAbilities, string[]]>([
    [HELLO, OLD, ['syntax:1', 'copy-link:4', 'copy-link:7']],
    [HELLO, NEW, ['syntax:1']],
    [HELLO, { ...OLD, hasFrontend: true }, []],
    [HELLO, CLASSIC, ['copy-link:4', 'mount:5', 'copy-link:7']],
    ['FROM x\nADD --link a b\n', OLD, ['copy-link:2']],
    ['FROM x\nONBUILD COPY --link a b\n', OLD, ['copy-link:2']],
    ['FROM x\nCOPY --chmod=755 a b\n', OLD, []],
    ['FROM x\nCOPY --chmod=755 a b\n', CLASSIC, ['chmod:2']],
    ['FROM x\nCOPY --parents a b\n', { ...OLD, major: 28 }, ['parents:2']],
    ['FROM x\nADD --checksum=sha256:0 a b\n', OLD, ['checksum:2']],
    ['FROM x\nADD https://host/x.git#main /x\n', OLD, ['git:2']],
    ['FROM x\nADD https://host/x.git#main /x\n', NEW, []],
    ['FROM x\nADD https://host/x.tar.gz /x\n', OLD, []],
    ['FROM x\nRUN <<EOF\necho\nEOF\n', OLD, ['heredoc:2']],
    ['FROM x\nRUN <<EOF\necho\nEOF\n', NEW, []],
    ['FROM x\nRUN --network=none ls\n', OLD, ['network:2']],
    ['FROM x\nRUN --mount=type=bind,target=/x ls\n', OLD, []],
    ['FROM x\nRUN --mount=target=/x ls\n', CLASSIC, ['mount:2']],
    ['FROM x\nRUN --mount=type=secret,id=a ls\n', NEW, ['secret:2']],
    ['FROM x\nRUN --mount=type=ssh,required ls\n', NEW, ['secret:2']],
    ['FROM --platform=linux/arm64 x\n', OLD, ['platform:1 (told)']],
    ['FROM --platform=$BUILDPLATFORM x\n', OLD, []],
    ['FROM --platform=$BUILDPLATFORM x\n', CLASSIC, ['platform:1']],
    ['FROM x\nCMD a\nCMD b\n', OLD, ['entry-points:2 (told)']],
    ['FROM x\nCMD a\nFROM y\nCMD b\n', OLD, []],
    ['# syntax=evil/front:1\nFROM x\n', NEW, ['syntax:1']],
    ['# syntax=evil/front:1\nFROM x\n', { ...NEW, hasFrontend: true }, ['syntax:1 (told)']],
    [
      '# syntax=docker.io/docker/dockerfile-evil:1\nFROM x\n',
      { ...NEW, hasFrontend: true },
      ['syntax:1 (told)'],
    ],
    ['# a comment\n# syntax=docker/dockerfile:1\nFROM x\n', OLD, []],
    ['#!/x\n#  SYNTAX = evil/front\nFROM x\n', NEW, ['syntax:2']],
    ['\uFEFF# other=1\r\n# syntax=evil/front\r\nFROM x\r\n', NEW, ['syntax:2']],
    ['\uFEFFFROM x\n', OLD, []],
    ['//syntax=evil/front\nFROM x\n', NEW, ['invalid:1']],
    ['', OLD, ['invalid:1']],
    ['ARG X=1\n', OLD, ['invalid:1']],
    ['ARG X=1\nRUN a\nFROM x\n', OLD, ['invalid:2']],
    ['FROM x\nRUNX y\n', OLD, ['invalid:2']],
    ['FROM\n', OLD, ['invalid:1']],
    ['FROM $X\n', OLD, ['argument:1']],
    ['ARG X\nFROM a:$X\n', OLD, ['argument:2']],
    ['ARG X=1\nFROM a:${X}\nFROM b:${Y:-2}\n', OLD, []],
  ])('%j for %j: %j', (text, abilities, expected) => {
    expect(brief(text, abilities)).toEqual(expected);
  });

  it('every finding says what to do', () => {
    for (const { message, next } of check(HELLO, CLASSIC).findings) {
      expect(message).toMatch(/\.$/);
      expect(next).toMatch(/\.$/);
    }
  });

  it('a stage that is not there is missed, and the others are named', () => {
    const text = 'FROM x AS Build\nFROM y\n';
    expect(brief(text, OLD, { args: {}, target: 'build' })).toEqual([]);
    expect(brief(text, OLD, { args: {}, target: '1' })).toEqual([]);
    const [found] = check(text, OLD, { args: {}, target: 'final' }).findings;
    expect(found).toMatchObject({ rule: 'target', next: 'Its stages: build.' });
  });
});

describe('the rewrite', () => {
  it('means the same, line by line', () => {
    expect(check(HELLO).rewritten).toBe(
      HELLO.replace('# syntax', '# left out: syntax').replaceAll(' --link ', '  '),
    );
    expect(check(HELLO, CLASSIC).rewritten).not.toMatch(/--(?:link|mount)/);
    expect(check(HELLO, NEW).rewritten).toBe(HELLO.replace('# syntax', '# left out: syntax'));
  });

  it('keeps the other directives where they count', () => {
    const text = '# syntax=docker/dockerfile:1\n# escape=`\nFROM x\nRUN a `\n  b\n';
    const { rewritten } = check(text);
    expect(rewritten).toBe(
      '# escape=`\n# left out: syntax=docker/dockerfile:1\nFROM x\nRUN a `\n  b\n',
    );
  });

  it('is not made for what would mean something else', () => {
    expect(check(`${HELLO}RUN <<EOF\nls\nEOF\n`).rewritten).toBeNull();
    expect(check(`${HELLO}RUN --mount=type=secret,id=a,required ls\n`).rewritten).toBeNull();
    expect(check('FROM x\nCOPY --chmod=1 a b\nCOPY --link a b\n', CLASSIC).rewritten).toBeNull();
    expect(check('FROM x\nCMD a\n').rewritten).toBeNull();
  });

  it('leaves nothing to find, and keeps the lines, for any text', () => {
    const line = fc.constantFrom(
      '# syntax=docker/dockerfile:1',
      '# escape=\\',
      'FROM x AS a',
      'COPY --link --chown=1 a \\',
      'ADD --link=true a b',
      'RUN --mount=type=cache,target=/x --mount=type=secret,id=a ls',
      '  && more',
      'RUN --network=default ls',
      '',
      '# text',
      'ARG X=1',
    );
    const texts = fc.array(line, { maxLength: 12 });
    fc.assert(
      fc.property(texts, fc.constantFrom('\n', '\r\n'), fc.boolean(), (lines, end, classic) => {
        const abilities = classic ? CLASSIC : OLD;
        const { rewritten } = check(lines.join(end), abilities);
        if (rewritten === null) return;
        expect(rewritten.split('\n')).toHaveLength(Math.max(lines.length, 1));
        expect(brief(rewritten, abilities).filter((each) => !each.includes('told'))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the images a Dockerfile needs', () => {
  it('are those it does not make itself, with variables put in', () => {
    const text = [
      'ARG TAG=3.11',
      'ARG REPO=python',
      'FROM ${REPO}:$TAG AS base',
      'FROM base AS second',
      'FROM scratch',
      'FROM --platform=linux/arm64 arm:1',
      'COPY --from=base / /',
      'COPY --from=0 / /',
      'COPY --from=other/image:1 / /',
      'RUN --mount=type=bind,from=mounted:2,target=/x ls',
      'RUN --mount=type=bind,from=second,target=/x ls',
    ].join('\n');
    const { images } = check(text, OLD, { args: { TAG: '3.12', OTHER: 'x' }, target: null });
    expect(images).toEqual([
      { reference: 'python:3.12', line: 3, platform: null },
      { reference: 'arm:1', line: 6, platform: 'linux/arm64' },
      { reference: 'other/image:1', line: 9, platform: null },
      { reference: 'mounted:2', line: 10, platform: null },
    ]);
  });
});
