import { readFile, stat } from 'node:fs/promises';
import { AppError, type ErrorCode } from '../../../shared/errors.ts';

const MAX_BYTES = 65_536;

const problem = (code: ErrorCode, message: string, next: string): AppError =>
  new AppError(code, message, { next });

/**
 * Looks at a private key file before ssh does, which would only say that it was not let in.
 * @param hasAgent whether an agent runs, which may hold an encrypted key
 * @throws AppError `E_SSH_KEY_MISSING`, `E_SSH_KEY_OPEN`, `E_SSH_KEY_INVALID`, `E_SSH_KEY_ENCRYPTED`
 */
export async function checkSshKey(path: string, hasAgent: boolean): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (!facts) {
    throw problem('E_SSH_KEY_MISSING', `There is no key file ${path}.`, 'Choose another key file.');
  }
  if (!facts.isFile() || facts.size > MAX_BYTES) throw invalid(path);
  if (process.platform !== 'win32' && (facts.mode & 0o077) !== 0) {
    throw problem(
      'E_SSH_KEY_OPEN',
      `Others may read the key file ${path}, so ssh does not use it.`,
      `Run: chmod 600 ${path}`,
    );
  }
  const text = await readFile(path, 'latin1').catch(() => null);
  if (text === null) {
    throw problem(
      'E_SSH_KEY_MISSING',
      `Not allowed to read the key file ${path}.`,
      'Choose another.',
    );
  }
  if (!PRIVATE_KEY.test(text)) throw invalid(path);
  if (isEncrypted(text) && !hasAgent) {
    throw problem(
      'E_SSH_KEY_ENCRYPTED',
      `The key file ${path} has a passphrase, and no agent runs that knows it.`,
      'Start an agent (ssh-agent) and add the key with ssh-add, or choose a key without passphrase.',
    );
  }
}

const invalid = (path: string): AppError =>
  problem(
    'E_SSH_KEY_INVALID',
    `${path} is no private key.`,
    'Choose the private key file, which is the one without .pub.',
  );

/** Whether a file holds what ssh takes for a private key; null when there is none that can be read. */
export async function isPrivateKey(path: string): Promise<boolean | null> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) return null;
  if (facts.size > MAX_BYTES) return false;
  const text = await readFile(path, 'latin1').catch(() => null);
  return text === null ? null : PRIVATE_KEY.test(text);
}

const PRIVATE_KEY = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const OPENSSH = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/;
const MAGIC = 'openssh-key-v1\0';

/** The name of the cipher comes first in the file (openssh, PROTOCOL.key). */
function isEncrypted(text: string): boolean {
  const body = OPENSSH.exec(text)?.[1];
  if (body === undefined) return /ENCRYPTED/.test(text);
  const bytes = Buffer.from(body, 'base64');
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return false;
  const length = bytes.readUInt32BE(MAGIC.length);
  return bytes.toString('latin1', MAGIC.length + 4, MAGIC.length + 4 + length) !== 'none';
}
