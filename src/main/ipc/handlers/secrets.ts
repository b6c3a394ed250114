import type { HandlerParts, Handlers } from '../handler-types.ts';

type SecretHandlers = Pick<
  Handlers,
  'listSecrets' | 'saveCredentials' | 'saveRunSecret' | 'removeSecret'
>;

export const secretHandlers = ({ core: { secrets } }: HandlerParts): SecretHandlers => ({
  listSecrets: () => secrets.list(),
  saveCredentials: async ({ kind, host, username, password }) => {
    await secrets.saveCredentials(kind, host, { username, password });
    return secrets.list();
  },
  saveRunSecret: async ({ name, value }) => {
    await secrets.saveRunSecret(name, value);
    return secrets.list();
  },
  removeSecret: async ({ name }) => {
    await secrets.remove(name);
    return secrets.list();
  },
});
