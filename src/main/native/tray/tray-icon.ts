import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nativeImage, type NativeImage } from 'electron';
import type { TrayState } from './tray-menu.ts';

/** Sizes of the icon in px, the first for a usual screen and the second for one with twice the pixels. */
const SIZES: Partial<Record<NodeJS.Platform, readonly [number, number]>> = {
  linux: [22, 44],
};
const USUAL = [16, 32] as const;

/** The icon of a state, from `resources/tray`; on a Mac one that the system colours. */
export function trayIcon(resources: string, state: TrayState): NativeImage {
  const mac = process.platform === 'darwin';
  const image = nativeImage.createEmpty();
  for (const [at, size] of (SIZES[process.platform] ?? USUAL).entries()) {
    const file = join(resources, 'tray', `${state}${mac ? '-template' : ''}-${size}.png`);
    image.addRepresentation({
      scaleFactor: at + 1,
      width: size,
      height: size,
      buffer: readFileSync(file),
    });
  }
  if (mac) image.setTemplateImage(true);
  return image;
}
