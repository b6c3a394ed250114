import type { Findings } from './findings.ts';
import { hasMacro } from './macros.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** The longest string that Linux hands to a program, with its `NAME=` and the end. */
const VALUE_BYTES = 128 * 1024;
/** Variables by which the system decides what a program is. */
const POWERFUL = new Set(['PATH', 'PYTHONPATH', 'PYTHONHOME', 'LD_LIBRARY_PATH', 'LD_PRELOAD']);

const SECRET_NAME = /(?:^|_)(?:KEY|TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIALS)$/i;
const SECRET_VALUE =
  /^(?:hf_\w{16,}|sk-[\w-]{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abp]-[\w-]{10,}|AKIA[A-Z0-9]{16})$/;

/** Whether a variable most likely holds what is to be kept as a secret. */
const looksLikeSecret = (name: string, value: string): boolean =>
  (SECRET_NAME.test(name) && value !== '') || SECRET_VALUE.test(value.trim());

/** Checks the variables a person gives; their values are never repeated in what is said of them. */
export function checkEnvironment(env: Readonly<Record<string, string>>, findings: Findings): void {
  for (const [name, value] of Object.entries(env)) {
    if (!checkVariable(name, `env.${name}`, findings)) continue;
    const wrong = valueFault(name, value);
    if (wrong !== null) findings.problem('E_ENV_VALUE', `env.${name}`, wrong.message, wrong.next);
    if (POWERFUL.has(name)) {
      findings.note(`${name} is set for the program alone; it changes what is found and loaded.`);
    }
    if (hasMacro(value)) findings.note(`Macros in ${name} are replaced when the run starts.`);
    if (looksLikeSecret(name, value)) {
      findings.note(
        `The value of ${name} looks like a secret, and a variable can be read by everybody who may look at the run: keep it as a secret.`,
      );
    }
  }
}

/** Whether it is a name for a variable; tells when it is not. */
export function checkVariable(name: string, path: string, findings: Findings): boolean {
  if (!NAME.test(name)) {
    findings.problem(
      'E_ENV_KEY',
      path,
      `${JSON.stringify(name)} is no name of an environment variable.`,
      'Use letters, digits and underscores, and no digit first.',
    );
    return false;
  }
  if (!name.startsWith('SLIPWAY_')) return true;
  const message = `${name} is set by Slipway itself.`;
  findings.problem('E_ENV_KEY', path, message, 'Choose a name that does not begin with SLIPWAY_.');
  return false;
}

function valueFault(name: string, value: string): { message: string; next: string } | null {
  if (value.includes('\0')) {
    const message = `The value of ${name} holds a NUL character, which no variable can.`;
    return { message, next: 'Put it into a file that the code reads.' };
  }
  if (!value.isWellFormed()) {
    const message = `The value of ${name} is no text that can be written as UTF-8.`;
    return { message, next: 'Put it into a file that the code reads.' };
  }
  if (Buffer.byteLength(value) + name.length + 2 <= VALUE_BYTES) return null;
  const message = `The value of ${name} is longer than the 128 KB that a variable can hold.`;
  return { message, next: 'Put it into a file that the code reads.' };
}
