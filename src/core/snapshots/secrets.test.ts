import { describe, expect, it } from 'vitest';
import { suspect } from './secrets.ts';

const isSecret = (path: string, head = ''): boolean => {
  const suspicion = suspect(path);
  return suspicion !== null && (suspicion.head === null || suspicion.head.test(head));
};

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIE';

describe('suspect', () => {
  it.each([
    '.env',
    'app/.env.production',
    '.env.local',
    'id_rsa',
    'keys/id_ed25519',
    '.netrc',
    '_netrc',
    '.pypirc',
    'a/kubeconfig',
    '.kube/config',
    'home/.kube/config',
    'store.p12',
    'STORE.PFX',
    '.aws/credentials',
  ])('tells %s by its name', (path) => expect(isSecret(path)).toBe(true));

  it.each([
    '.env.example',
    '.env.sample',
    '.env.template',
    '.envrc',
    'env',
    'id_rsa.pub',
    'kube/config',
    'config',
    'credentials',
    'main.py',
    'package.json',
  ])('lets %s in', (path) => expect(isSecret(path, PEM)).toBe(false));

  it.each([
    ['server.pem', PEM, true],
    ['server.pem', '-----BEGIN CERTIFICATE-----', false],
    ['a.key', '-----BEGIN ENCRYPTED PRIVATE KEY-----', true],
    ['a.key', 'translation key = value', false],
    ['.npmrc', '//registry/:_authToken=abc', true],
    ['.npmrc', 'audit=false', false],
    ['credentials.json', '{"installed":{"client_secret":"x"}}', true],
    ['credentials.json', '{"colour":"red"}', false],
    ['my-project-0123456789ab.json', '{"type": "service_account"}', true],
    ['service-account.json', '{"private_key": "x"}', true],
    ['.docker/config.json', '{"auths":{"r":{"auth":"x"}}}', true],
  ])('looks into %s', (path, head, expected) => expect(isSecret(path, head)).toBe(expected));
});
