import { readFile } from 'node:fs/promises';
import { isInputObjectType, isInterfaceType, isObjectType, isSpecifiedScalarType } from 'graphql';
import { describe, expect, test } from 'vitest';
import { buildGatewaySchema } from './build-gateway-schema.js';
import { printGatewaySchema } from './print-gateway-schema.js';

describe('the schema', () => {
  test('is the committed one; `pnpm --filter @esscm/gateway schema` writes it after a change', async () => {
    const committed = await readFile(new URL('../../schema.graphql', import.meta.url), 'utf8');

    expect(printGatewaySchema()).toBe(committed);
  });

  test('describes every type, field and argument', () => {
    const types = Object.values(buildGatewaySchema().getTypeMap()).filter(
      (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
    );
    const undescribed = types.flatMap((type) => {
      const named = [{ name: type.name, description: type.description }];
      if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) {
          named.push({ name: `${type.name}.${field.name}`, description: field.description });
          const parameters = 'args' in field ? field.args : [];
          for (const parameter of parameters) {
            named.push({ name: `${type.name}.${field.name}(${parameter.name})`, description: parameter.description });
          }
        }
      }
      return named.filter(({ description }) => description == null || description === '').map(({ name }) => name);
    });

    expect(undescribed).toEqual([]);
  });
});
