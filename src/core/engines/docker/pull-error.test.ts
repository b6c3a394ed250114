import { describe, expect, it } from 'vitest';
import { parseImageReference } from '../../build/image-reference.ts';
import { mayPass, pullError } from './pull-error.ts';

const context = (image: string, loggedIn = false) => ({
  reference: parseImageReference(image),
  use: 'image' as const,
  loggedIn,
});

describe('pullError', () => {
  it.each([
    [
      'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating',
      'E_REGISTRY_LIMIT',
    ],
    ['no matching manifest for linux/amd64 in the manifest list entries', 'E_IMAGE_PLATFORM'],
    ['image operating system "windows" cannot be used on this platform', 'E_IMAGE_PLATFORM'],
    [
      'Get "https://h/v2/": dial tcp: lookup h on 10.0.0.1:53: no such host',
      'E_REGISTRY_UNREACHABLE',
    ],
    ['Get "https://h/v2/": dial tcp 1.2.3.4:443: i/o timeout', 'E_REGISTRY_UNREACHABLE'],
    [
      'Get "https://h/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
      'E_REGISTRY_UNREACHABLE',
    ],
    ['Get "https://h/v2/": EOF', 'E_REGISTRY_UNREACHABLE'],
    [
      'Get "https://h/v2/": http: server gave HTTP response to HTTPS client',
      'E_REGISTRY_UNREACHABLE',
    ],
    [
      'Get "https://h/v2/": x509: certificate signed by unknown authority',
      'E_REGISTRY_UNREACHABLE',
    ],
    ['received unexpected HTTP status: 503 Service Unavailable', 'E_REGISTRY_UNREACHABLE'],
    ['received unexpected HTTP status: 500 Internal Server Error', 'E_REGISTRY_UNREACHABLE'],
    ['manifest for h/x:1 not found: manifest unknown: manifest unknown', 'E_IMAGE_NOT_FOUND'],
    [
      "pull access denied for x, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
      'E_IMAGE_NOT_FOUND',
    ],
    ['Get "https://h/v2/x/manifests/1": no basic auth credentials', 'E_REGISTRY_AUTH'],
    ['Head "https://h/v2/x": unauthorized: authentication required', 'E_REGISTRY_AUTH'],
    ['error parsing HTTP 403 response body: denied: "denied"', 'E_REGISTRY_AUTH'],
    ['write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'E_DISK_FULL'],
    ['something nobody has seen before', 'E_IMAGE_PULL'],
  ])('knows what "%s" means', (text, code) => {
    const error = pullError(text, context('h/x:1'));
    expect(error).toMatchObject({ code, next: expect.any(String), detail: text });
    const base = pullError(text, { ...context('h/x:1'), use: 'base image' });
    expect(base.code).toBe(code === 'E_DISK_FULL' ? code : 'E_BASE_IMAGE');
  });

  it.each([
    ['toomanyrequests: You have reached your pull rate limit', true],
    ['received unexpected HTTP status: 503 Service Unavailable', true],
    ['Get "https://h/v2/": dial tcp 1.2.3.4:443: i/o timeout', true],
    ['unexpected EOF', true],
    ['Get "https://h/v2/": x509: certificate signed by unknown authority', false],
    ['manifest for h/x:1 not found: manifest unknown', false],
    ['unauthorized: authentication required', false],
    ['write /tmp/EOF: no space left on device', false],
    ['something nobody has seen before', false],
  ])('tells whether "%s" may pass', (text, passes) => {
    expect(mayPass(text, parseImageReference('h/x:1'))).toBe(passes);
  });

  it('is not misled by the name of the image', () => {
    const name = 'host/unauthorized/toomanyrequests/no-such-host';
    const text = `manifest for ${name}:1 not found`;
    expect(pullError(text, context(`${name}:1`)).code).toBe('E_IMAGE_NOT_FOUND');
  });

  it('names the registry to log in to, and whether there is a login', () => {
    const text = 'unauthorized: authentication required';
    expect(pullError(text, context('ghcr.io/a/b')).next).toContain('registry login ghcr.io');
    expect(pullError(text, context('a/b')).next).toContain('registry login docker.io');
    expect(pullError(text, context('a/b')).message).toContain('asks for a login');
    expect(pullError(text, context('a/b', true)).message).toContain('refuses the login');
  });
});
