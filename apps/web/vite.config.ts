import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { themePlugin } from './build/theme-plugin.js';

const gateway = 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react(), themePlugin(import.meta.dirname)],
  build: {
    target: 'es2023',
    // Nothing inlined: the content security policy allows no `data:` font and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 1500,
  },
  server: {
    proxy: {
      '/graphql': { target: gateway, ws: true },
      '/api': gateway,
    },
  },
});
