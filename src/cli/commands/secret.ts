import { resolve } from 'node:path';
import { Command } from 'commander';
import { AppError } from '../../shared/errors.ts';
import { runSecretName } from '../../core/secrets/secret-name.ts';
import { withInterrupt } from '../interrupt.ts';
import { printFields, printJson, printTable, say } from '../output.ts';
import { readSecret } from '../read-secret.ts';
import { withCore } from '../with-core.ts';

export function secretCommand(): Command {
  const secret = new Command('secret').description(
    'Logins, and secrets for runs, kept in the secret store of the operating system.',
  );
  secret
    .command('list', { isDefault: true })
    .description('List the names of what is kept.')
    .action(async (_options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const list = await withInterrupt((signal) => core.secrets.list(signal));
        if (globals.json) return printJson(list);
        if (list.problem !== null) say(`warning: ${list.problem}`);
        printTable([['NAME'], ...list.names.map((name) => [name])]);
      });
    });
  secret.addCommand(setCommand());
  secret
    .command('remove')
    .description('Remove a login or a secret.')
    .argument('<name>', 'as "slipway secret list" shows it')
    .action(remove);
  return secret;
}

function setCommand(): Command {
  const set = new Command('set').description('Keep a secret for runs, or a login for a host.');
  set
    .command('run')
    .description('A secret that runs can be given with --secret; its value from standard input.')
    .argument('<name>', 'such as HF_TOKEN')
    .action(saveRunSecret);
  set
    .command('git')
    .description('A user name and a password or token for https; the latter from standard input.')
    .argument('<host>', 'such as github.com or git.example.com:8443')
    .requiredOption('-u, --username <name>', 'user name')
    .action(saveLogin('git'));
  set
    .command('registry')
    .description('The same as "slipway registry login".')
    .argument('<host>', 'such as ghcr.io, host:5000 or docker.io')
    .requiredOption('-u, --username <name>', 'user name')
    .action(saveLogin('registry'));
  set
    .command('git-key')
    .description('The private key file that ssh uses for a host; its content is not kept.')
    .argument('<host>', 'such as github.com')
    .argument('<file>', 'path of the private key')
    .action(async (host: string, file: string, _options: unknown, command: Command) => {
      await withCore(command, async (core, globals) => {
        const name = await withInterrupt((signal) =>
          core.secrets.saveSshKey(host, resolve(file), signal),
        );
        report(globals.json, name, 'kept');
      });
    });
  return set;
}

async function saveRunSecret(name: string, _options: unknown, command: Command): Promise<void> {
  // Before anybody is asked for a value.
  runSecretName(name);
  await withCore(command, async (core, globals) => {
    const kept = await withInterrupt(async (signal) => {
      const value = await readSecret('Value', signal);
      return core.secrets.saveRunSecret(name, value, signal);
    });
    report(globals.json, kept, 'kept');
  });
}

/** Reads the password, tries it where that can be done, and keeps it. */
export const saveLogin =
  (kind: 'git' | 'registry') =>
  async (host: string, options: { username: string }, command: Command): Promise<void> => {
    await withCore(command, async (core, globals) => {
      const name = await withInterrupt(async (signal) => {
        const password = await readSecret('Password or token', signal);
        const login = { username: options.username, password };
        return core.secrets.saveCredentials(kind, host, login, signal);
      });
      report(globals.json, name, 'kept');
    });
  };

async function remove(name: string, _options: unknown, command: Command): Promise<void> {
  await withCore(command, async (core, globals) => {
    const { removed, problem } = await withInterrupt((signal) => core.secrets.remove(name, signal));
    if (!removed) {
      throw new AppError('E_NOT_FOUND', `No secret is called "${name}".`, {
        next: 'See "slipway secret list".',
      });
    }
    if (problem !== null) say(`warning: ${problem}`);
    report(globals.json, name, 'removed');
  });
}

function report(json: boolean, name: string, what: 'kept' | 'removed'): void {
  if (json) printJson({ name, [what]: true });
  else printFields([[what, name]]);
}
