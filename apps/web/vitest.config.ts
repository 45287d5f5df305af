import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    environment: 'node',
    setupFiles: ['build/configure-tests.ts'],
    // The kit's modules import style sheets, which Node cannot read.
    server: { deps: { inline: [/@cloudscape-design/] } },
  },
});
