import { AppError, type ErrorCode } from '../../../shared/errors.ts';
import {
  imageReferenceText,
  registryOf,
  type ImageReference,
  type ReferenceUse,
} from '../../build/image-reference.ts';
import { knownCause } from './engine-errors.ts';

export interface PullContext {
  reference: ImageReference;
  use: ReferenceUse;
  /** Whether a login was sent along. */
  loggedIn: boolean;
}

interface Cause {
  pattern: RegExp;
  code: ErrorCode;
  /** Whether it may pass within seconds. */
  passes?: true;
  why(context: PullContext): string;
  next(context: PullContext): string;
}

const login = ({ reference }: PullContext): string =>
  `"slipway registry login ${registryOf(reference.name)} --username NAME"`;

/** By the words engines and registries use; the first that fits counts. */
const CAUSES: Cause[] = [
  {
    pattern: /toomanyrequests|too many requests|rate limit/i,
    code: 'E_REGISTRY_LIMIT',
    passes: true,
    why: () => 'the registry allows no more pulls for now',
    next: (context) => `Wait a while, or log in with ${login(context)}.`,
  },
  {
    pattern:
      /no matching manifest|no match for platform|cannot be used on this platform|image operating system .* cannot/i,
    code: 'E_IMAGE_PLATFORM',
    why: () => 'it is not made for the processor or system of this Docker engine',
    next: () => 'Use an image that is made for it.',
  },
  {
    pattern: /x509|certificate|HTTP response to HTTPS client/i,
    code: 'E_REGISTRY_UNREACHABLE',
    why: () => 'Docker does not trust the registry',
    next: () =>
      'Give the Docker engine its certificate, or name it in "insecure-registries" of the engine if it has none.',
  },
  {
    pattern:
      /no such host|i\/o timeout|connection refused|network is unreachable|no route to host|TLS handshake|deadline exceeded|proxyconnect|Client\.Timeout|connection reset|server misbehaving|\bEOF\b|50[0234] (?:Internal Server|Bad Gateway|Service Unavailable|Gateway)|unexpected HTTP status: 5/i,
    code: 'E_REGISTRY_UNREACHABLE',
    passes: true,
    why: () => 'the registry cannot be reached',
    next: ({ use }) =>
      use === 'base image'
        ? 'Check the network and Docker\'s proxy settings, or set the base image to one that is on this machine ("docker images").'
        : 'Check the network and Docker\'s proxy settings, or use an image that is on this machine ("docker images").',
  },
  {
    // Registries say the first of what is hidden from those who are not logged in.
    pattern: /may require|does not exist|not found|manifest unknown|name unknown|unknown blob/i,
    code: 'E_IMAGE_NOT_FOUND',
    why: ({ loggedIn }) =>
      loggedIn
        ? 'the registry has no such image, or not for your login'
        : 'the registry has no such image, or only for those logged in',
    next: (context) =>
      context.loggedIn
        ? 'Check the name and the tag, and what your login may read.'
        : `Check the name and the tag${context.use === 'base image' ? ' in the settings' : ''}, or log in with ${login(context)}.`,
  },
  {
    pattern:
      /unauthorized|authentication required|no basic auth|\bdenied\b|403 Forbidden|incorrect username/i,
    code: 'E_REGISTRY_AUTH',
    why: ({ loggedIn }) =>
      loggedIn
        ? 'the registry refuses the login that is kept for it'
        : 'the registry asks for a login',
    next: (context) => `Log in with ${login(context)}, then try again.`,
  },
];

const OTHER: Omit<Cause, 'pattern'> = {
  code: 'E_IMAGE_PULL',
  why: () => 'the registry or the engine refused it',
  next: ({ reference }) => `Try "docker pull ${imageReferenceText(reference)}" yourself.`,
};

/** What kind of refusal the words of an engine or a registry mean. The name of the image is not to be in them. */
export const whyRefused = (words: string): ErrorCode => causeOf(words).code;

const causeOf = (words: string): Omit<Cause, 'pattern'> =>
  CAUSES.find(({ pattern }) => pattern.test(words)) ?? OTHER;

/** Whether what a pull failed with, in the words of the engine or the registry, may pass within seconds. */
export const mayPass = (text: string, { name }: ImageReference): boolean =>
  knownCause(text) === null && causeOf(withoutName(text, name)).passes === true;

/** A name may hold any of the words that are looked for. */
const withoutName = (text: string, name: string): string => text.replaceAll(name, '…');

/** Why a pull failed, from the words of the engine or the registry. A base image fails with `E_BASE_IMAGE`. */
export function pullError(text: string, context: PullContext, cause?: unknown): AppError {
  const known = knownCause(text, cause);
  if (known) return known;
  const { code, why, next } = causeOf(withoutName(text, context.reference.name));
  const { reference, use } = context;
  return new AppError(
    use === 'base image' ? 'E_BASE_IMAGE' : code,
    `The ${use} ${imageReferenceText(reference)} cannot be pulled: ${why(context)}.`,
    { next: next(context), detail: text, cause },
  );
}
