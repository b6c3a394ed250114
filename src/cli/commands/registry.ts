import { Command } from 'commander';
import { saveLogin } from './secret.ts';

export function registryCommand(): Command {
  const registry = new Command('registry').description('Registries that images are pulled from.');
  registry
    .command('login')
    .description(
      'Log in: the password or token is read from standard input, tried, and kept in the secret store.',
    )
    .argument('<host>', 'such as ghcr.io, host:5000 or docker.io')
    .requiredOption('-u, --username <name>', 'user name')
    .action(saveLogin('registry'));
  return registry;
}
