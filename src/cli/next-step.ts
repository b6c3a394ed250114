import type { ErrorCode, ErrorData } from '../shared/errors.ts';

interface Step {
  code: ErrorCode;
  /** What the message says of it; its first group is put into the command. */
  message: RegExp;
  command(name: string): string;
}

/** How the terminal does what core advises, in words that are as true in a window. */
const STEPS: readonly Step[] = [
  {
    code: 'E_DB_DAMAGED',
    message: /slipway\.db (?:is|was)/,
    command: () => 'slipway doctor --restore',
  },
  {
    code: 'E_SECRET_MISSING',
    message: /secret "([^"]*)"/,
    command: (name) => `slipway secret set run ${name}`,
  },
  {
    code: 'E_PARAM_REQUIRED',
    message: /^"(.*)" has to be given/,
    command: (name) => `--param ${name}=value`,
  },
  {
    code: 'E_STATE',
    message: /^The job "(.*)" is in the bin/,
    command: (name) => `slipway job restore ${name}`,
  },
  {
    code: 'E_STATE',
    message: /^The (run|job) ".*" is not in the bin/,
    command: (kind) => `slipway ${kind} bin`,
  },
  {
    code: 'E_MOUNT',
    message: /^(".*") cannot be mounted: it is in no folder that runs may use/,
    command: (folder) => `slipway mount allow ${folder}`,
  },
];

/** The error with the command or option of its next step, where there is one. */
export function inTerminal(error: ErrorData): ErrorData {
  for (const { code, message, command } of STEPS) {
    const found = error.code === code ? message.exec(error.message) : null;
    if (!found) continue;
    const how = command(found[1] ?? '');
    return { ...error, next: error.next === undefined ? `Give ${how}.` : `${error.next} (${how})` };
  }
  return error;
}
