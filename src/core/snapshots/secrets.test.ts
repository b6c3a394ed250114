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
    'prod.env',
    'conf/prod.env',
    '.envrc',
    'secrets.yaml',
    'secrets.yml',
    'a/secrets.toml',
    'secrets.json',
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
    'prod.env.example',
    'prod.env.sample',
    'prod.env.template',
    'id_rsa.pub',
    'deploy_key.pub',
    'weird.txt',
    'monkey.jpg',
    'src/tokens.npy',
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

  const SSH = '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n';
  const GOOGLE = '{"type": "service_account", "private_key": "-----BEGIN PRIVATE KEY-----\\nMII"}';

  it.each([
    ['deploy_key', SSH],
    ['id_ed25519_work', SSH],
    ['wandb_key', SSH],
    ['key', SSH],
    ['conf/server', SSH],
    ['my-keys.txt', SSH],
    ['apikey.cfg', SSH],
    ['keys.py', `KEY = '''${SSH}'''`],
    ['gcp.json', GOOGLE],
    ['deploy-account.json', GOOGLE],
    ['token.json', '{"refresh_token": "x"}'],
  ])('tells %s by a suspicious name and a proof inside', (path, head) => {
    expect(isSecret(path, head)).toBe(true);
    expect(isSecret(path, 'ssh-ed25519 AAAAC3NzaC1 a public key')).toBe(false);
  });

  it.each([
    ['tokenizer.json', '{"model": {"type": "BPE"}, "added_tokens": []}'],
    ['keys.py', 'if head.startswith("-----BEGIN PRIVATE KEY-----"): pass'],
    ['keys.py', 'names = {"private_key": 1}'],
    ['token_counts.csv', 'token,count\nkey,3\n'],
    ['LICENSE', 'MIT'],
    ['env', 'A=1'],
    ['kube/config', 'a: b'],
    ['config', ''],
    ['credentials', ''],
  ])('lets %s in without a proof', (path, head) => expect(isSecret(path, head)).toBe(false));

  it.each([
    ['deploy_key', 64 * 1024],
    ['Makefile', 16 * 1024],
  ])('asks to look into %s only up to %i bytes', (path, bytes) => {
    expect(suspect(path)?.look?.bytes).toBe(bytes);
  });

  it.each(['main.py', 'a.txt', 'data/0001.png', 'model.safetensors', 'keyboard_shots/1.png'])(
    'asks for no look into %s',
    (path) => expect(suspect(path)).toBeNull(),
  );
});
