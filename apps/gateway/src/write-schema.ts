import { writeFile } from 'node:fs/promises';
import { printGatewaySchema } from './graphql/print-gateway-schema.js';

await writeFile(new URL('../schema.graphql', import.meta.url), printGatewaySchema());
