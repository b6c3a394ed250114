/** The least an Electron app can be: the rival of the app's start. */
const { app, BrowserWindow } = require('electron');
const { join } = require('node:path');

app.on('window-all-closed', () => app.quit());
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1200, height: 780 });
  return window.loadFile(join(__dirname, 'index.html'));
});
