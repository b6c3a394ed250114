import { mount } from './mount.tsx';

mount(window.slipway);
