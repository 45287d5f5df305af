export { installedPlugins } from './installed-plugins.js';
