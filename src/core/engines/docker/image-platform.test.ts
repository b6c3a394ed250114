import { describe, expect, it } from 'vitest';
import type { DockerClient, ImageFacts } from './client.ts';
import { checkPlatform } from './image-platform.ts';

const never = new AbortController().signal;

function check(engine: [string | null, string | null, string], image: [string, string, string?]) {
  const [os, architecture, system] = engine;
  const client = {
    versions: () => Promise.resolve({ version: '', api: '', os, architecture }),
    machine: () => Promise.resolve({ operatingSystem: system }),
  };
  const facts: ImageFacts = {
    id: '',
    labels: {},
    repoDigests: [],
    command: [],
    env: [],
    os: image[0],
    architecture: image[1],
    variant: image[2] ?? '',
  };
  return checkPlatform(client as unknown as DockerClient, 'x:1', facts, never);
}

describe('checkPlatform', () => {
  it.each([
    [['linux', 'amd64', 'Debian'], ['linux', 'amd64'], 'linux/amd64'],
    [['linux', 'amd64', 'Debian'], ['linux', '386'], 'linux/386'],
    [['linux', 'arm64', 'Debian'], ['linux', 'arm64', 'v8'], 'linux/arm64'],
    [['linux', 'arm64', 'Debian'], ['linux', 'arm', 'v7'], 'linux/arm/v7'],
    [['linux', 'arm64', 'Docker Desktop'], ['linux', 'amd64'], 'linux/amd64'],
    [['linux', 'amd64', 'Debian'], ['', ''], 'linux/amd64'],
    [[null, null, ''], ['linux', 'riscv64'], 'linux/riscv64'],
  ] as const)('on %j takes an image for %j', async (engine, image, platform) => {
    expect(await check([...engine], [...image])).toBe(platform);
  });

  it.each([
    [
      ['linux', 'amd64', 'Debian'],
      ['linux', 'arm64'],
    ],
    [
      ['linux', 'arm64', 'Debian'],
      ['linux', 'amd64'],
    ],
    [
      ['linux', 'arm64', 'Docker Desktop'],
      ['linux', 's390x'],
    ],
    [
      ['linux', 'amd64', 'Docker Desktop'],
      ['windows', 'amd64'],
    ],
  ] as const)('on %j refuses an image for %j', async (engine, image) => {
    await expect(check([...engine], [...image])).rejects.toMatchObject({
      code: 'E_IMAGE_PLATFORM',
      message: expect.stringContaining(`${image[0]}/${image[1]}`),
    });
  });
});
