import { describe, expect, it } from 'vitest';
import { gitHost, registryHost } from '../../lib/host-of.ts';
import { gitName, imageName } from './derived-name.ts';

describe('derived names', () => {
  it.each([
    [
      'https://git.example.com/a/b.git',
      'python job.py',
      'job-https___git.example.com_a_b.git_job.py',
    ],
    ['git@host:b.git', 'python -m models.train --x', 'job-git_host_b.git_models.train'],
    ['https://h/b', './run.sh fast', 'job-https___h_b_run.sh'],
    ['https://h/b', '', 'job-https___h_b'],
  ])('%s with %s', (remote, entry, name) => expect(gitName(remote, entry)).toBe(name));

  it.each([
    ['wandb/job_hello_world:main', 'job-wandb_job_hello_world'],
    ['localhost:5000/a/b', 'job-localhost_5000_a_b'],
    [`a@sha256:${'0'.repeat(64)}`, 'job-a'],
  ])('%s', (reference, name) => expect(imageName(reference)).toBe(name));
});

describe('hosts', () => {
  it.each([
    ['https://ada@git.example.com:8443/a/b.git', 'git.example.com'],
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
