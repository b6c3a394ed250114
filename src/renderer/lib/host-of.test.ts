import { describe, expect, it } from 'vitest';
import { gitHost, registryHost } from './host-of.ts';

describe('hosts', () => {
  it.each([
    ['https://ada@git.example.com:8443/a/b.git', 'git.example.com:8443'],
    ['https://git.example.com:443/a/b', 'git.example.com'],
    ['http://localhost/a', 'localhost:80'],
    ['ssh://git@git.example.com/a', null],
    ['git@git.example.com:a/b', null],
    ['nonsense', null],
  ])('git %s', (address, host) => expect(gitHost(address)).toBe(host));

  it.each([
    ['python:3.11', 'docker.io'],
    ['wandb/launch', 'docker.io'],
    ['registry.example.com:5000/a/b:1', 'registry.example.com:5000'],
    ['localhost/a', 'localhost'],
  ])('image %s', (reference, host) => expect(registryHost(reference)).toBe(host));
});
