import type { z } from 'zod';
import { catalogueSchema, componentSchema } from '../catalogue/catalogue-schema.js';
import type { Catalogue, Component, Diagnostic } from '../catalogue.js';
import { propertyNamespace, type Property } from '../formats/catalogue-facts.js';
import type { ComponentFields } from './catalogue-component.js';
import type { DocumentComponent } from './sbom-document.js';

type Fields = Readonly<Record<string, unknown>>;

/** A component as the format's own fields tell it, with what its properties say put over that. Values that do not fit are passed over. */
export function restoreComponent(component: DocumentComponent, fields: ComponentFields, reader: string): ComponentFields & Pick<Component, 'cataloguer'> & { readonly id?: string } {
  const own = component.properties.filter(({ name }) => name.startsWith(propertyNamespace));
  if (own.length === 0) return { ...fields, cataloguer: reader };
  const value = (name: string): string | undefined => own.find((property) => property.name === name)?.value;
  const layerIndex = Number(value('esscm:layer:index') ?? Number.NaN);
  const layerDiffId = value('esscm:layer:diffId');
  const layer = { ...(layerDiffId === undefined ? {} : { layerDiffId }), ...(Number.isSafeInteger(layerIndex) ? { layerIndex } : {}) };
  const [sourceName, sourceVersion] = [value('esscm:source:name'), value('esscm:source:version')];
  return {
    cataloguer: reader,
    ...fields,
    locations: fields.locations.map(({ path }) => ({ path, ...layer })),
    ...(sourceName === undefined || sourceVersion === undefined ? {} : { source: { name: sourceName, version: sourceVersion } }),
    ...fitting(own, propertyNamespace, componentSchema.shape),
  };
}

/** What a document says of the catalogue it was written from. */
export function restoreCatalogueFacts(properties: readonly Property[]): Pick<Catalogue, 'diagnostics' | 'cataloguers'> & { readonly others: Fields } {
  const prefix = 'esscm:cataloguer:';
  return {
    diagnostics: properties.flatMap(({ name, value }): readonly Diagnostic[] => {
      const { success, data } = catalogueSchema.shape.diagnostics.element.safeParse(name === 'esscm:diagnostic' ? parsed(value) : undefined);
      return success ? [data] : [];
    }),
    cataloguers: properties.flatMap(({ name, value }) => (name.startsWith(prefix) && /^\d{1,9}$/.test(value) ? [{ name: name.slice(prefix.length), version: Number(value) }] : [])),
    others: fitting(properties, 'esscm:catalogue:', catalogueSchema.shape),
  };
}

/** Properties that are fields of a part of the catalogue and fit its schema: texts as they are, anything else as JSON. */
export function fitting(properties: readonly Property[], prefix: string, shape: Readonly<Record<string, z.ZodType>>): Fields {
  return Object.fromEntries(
    properties.flatMap(({ name, value }): readonly (readonly [string, unknown])[] => {
      const field = name.slice(prefix.length);
      const schema = name.startsWith(prefix) && Object.hasOwn(shape, field) ? shape[field] : undefined;
      const fits = [value, parsed(value)].find((candidate) => schema?.safeParse(candidate).success === true);
      return fits === undefined ? [] : [[field, fits]];
    }),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
