import type { HandlerParts, Handlers } from '../handler-types.ts';

type ShellHandlers = Pick<
  Handlers,
  'publishCommands' | 'reportView' | 'zoom' | 'toggleFullScreen' | 'quit' | 'exampleFolder'
>;

export const shellHandlers = ({ shell, grants }: HandlerParts): ShellHandlers => ({
  publishCommands: async ({ commands }) => {
    shell.publish(commands);
    return {};
  },
  reportView: async (inView) => {
    shell.window.reportView(inView);
    return {};
  },
  zoom: async ({ step }) => ({ percent: shell.window.zoom(step) }),
  toggleFullScreen: async () => {
    shell.window.toggleFullScreen();
    return {};
  },
  quit: async () => {
    shell.quit();
    return {};
  },
  exampleFolder: async () => grants.grantDropped(await shell.exampleFolder()),
});
