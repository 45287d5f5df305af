import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';

/**
 * Puts the theme into `src/ui/theme/theme.css`. The kit's generator cannot be imported by Node as it is (its modules
 * import folders), so it is bundled first and run once.
 */
export function themePlugin(root: string): Plugin {
  let stylesheet: Promise<string> | undefined;
  return {
    name: 'esscm-theme',
    load(id) {
      if (id.split('?')[0] !== join(root, 'src/ui/theme/theme.css')) return undefined;
      stylesheet ??= generate(root);
      return stylesheet;
    },
  };
}

async function generate(root: string): Promise<string> {
  const folder = join(root, '.tsbuild', 'theme');
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    build: { ssr: join(root, 'src/ui/theme/theme-stylesheet.ts'), outDir: folder, emptyOutDir: true, target: 'node24' },
    ssr: { noExternal: true },
  });
  const module: unknown = await import(pathToFileURL(join(folder, 'theme-stylesheet.js')).href);
  if (typeof module !== 'object' || module === null || !('themeStylesheet' in module) || typeof module.themeStylesheet !== 'function') {
    throw new TypeError('The theme module does not export themeStylesheet.');
  }
  return String(module.themeStylesheet());
}
