import { app, Menu } from 'electron';
import type { ListedCommand } from '../../../shared/contract/commands/shell.ts';
import { menuTemplate, type MenuChoices } from './menu-template.ts';

/** The menu bar, kept in agreement with the commands of the window. */
export class AppMenu {
  readonly #choices: MenuChoices;
  #shape = '';

  constructor(choices: Pick<MenuChoices, 'run' | 'quit'>) {
    this.#choices = { ...choices, platform: process.platform, isPackaged: app.isPackaged };
  }

  /** Made anew only when there are others than before: what can be done now changes with every click. */
  show(commands: readonly ListedCommand[]): void {
    const shape = JSON.stringify(commands.map((each) => ({ ...each, enabled: true })));
    if (shape === this.#shape) return this.#enable(commands);
    this.#shape = shape;
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(commands, this.#choices)));
  }

  #enable(commands: readonly ListedCommand[]): void {
    const menu = Menu.getApplicationMenu();
    for (const { id, enabled } of commands) {
      const item = menu?.getMenuItemById(id);
      if (item && item.enabled !== enabled) item.enabled = enabled;
    }
  }
}
