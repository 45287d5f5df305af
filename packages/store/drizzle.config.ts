import { defineConfig } from 'drizzle-kit';

/** `pnpm migrations` compares the built schema with the last migration and writes the next one. */
export default defineConfig({ dialect: 'postgresql', schema: './dist/schema/*-tables.js', out: './migrations', schemaFilter: ['esscm'] });
