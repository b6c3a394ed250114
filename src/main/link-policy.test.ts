import { describe, expect, it } from 'vitest';
import { isOwnPage, isSafeLink } from './link-policy.ts';

describe('isOwnPage', () => {
  it.each([
    ['app://slipway/index.html', true],
    ['app://slipway/', true],
    ['app://slipway.evil/index.html', false],
    ['app://other/index.html', false],
    ['https://slipway/index.html', false],
    ['file:///etc/passwd', false],
    ['data:text/html,x', false],
    ['about:blank', false],
    ['not an address', false],
  ])('%s: %s', (address, own) => {
    expect(isOwnPage(address, 'app://slipway')).toBe(own);
  });
});

describe('isSafeLink', () => {
  it.each([
    ['https://example.com/a?b#c', true],
    ['HtTpS://example.com', true],
    ['http://example.com', false],
    ['https://user@example.com', false],
    ['https://user:pw@example.com', false],
    ['file:///etc/passwd', false],
    ['smb://host/share', false],
    ['vbscript:x', false],
    ['javascript:alert(1)', false],
    [`https://example.com/${'a'.repeat(2048)}`, false],
    ['', false],
  ])('%s: %s', (address, safe) => {
    expect(isSafeLink(address)).toBe(safe);
  });
});
