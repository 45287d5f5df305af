import { z } from 'zod';
import { isRepositoryName } from '../content/repository-catalogue.js';
import { ServiceFault } from '../errors.js';

const NAME_PATTERN = '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*';
const DIGEST = /^[A-Za-z0-9_+.-]+:[a-fA-F0-9]+$/;

/** `InvalidParameterException` in the words of ECR. */
export function invalidParameter(field: string, constraint: string): ServiceFault {
  return new ServiceFault('InvalidParameterException', `Invalid parameter at '${field}' failed to satisfy constraint: '${constraint}'`);
}

/** A JSON request body of the ECR API. Each reader checks one field and throws {@link ServiceFault} in the service's words. */
export class RequestFields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(body: Buffer) {
    const parsed = z.record(z.string(), z.unknown()).safeParse(parseJson(body));
    if (!parsed.success) throw new ServiceFault('SerializationException', 'Start of structure or map found where not expected.');
    this.#fields = parsed.data;
  }

  has(field: string): boolean {
    return this.#fields[field] != null;
  }

  string(field: string): string | undefined {
    return this.#read(field, z.string(), 'string');
  }

  integer(field: string, minimum: number, maximum: number, whenAbsent: number): number {
    const value = this.#read(field, z.number().int(), 'integer');
    if (value === undefined) return whenAbsent;
    if (value > maximum) throw invalidParameter(field, `Member must have value less than or equal to ${maximum}`);
    if (value < minimum) throw invalidParameter(field, `Member must have value greater than or equal to ${minimum}`);
    return value;
  }

  registryId(ownAccount: string): string {
    const value = this.string('registryId');
    if (value !== undefined && !/^\d{12}$/.test(value)) throw invalidParameter('registryId', "must satisfy regular expression '[0-9]{12}'");
    return value ?? ownAccount;
  }

  repositoryName(): string {
    const value = this.string('repositoryName');
    if (value === undefined) throw invalidParameter('repositoryName', 'Member must not be null');
    return checkedRepositoryName(value, 'repositoryName');
  }

  repositoryNames(): readonly string[] | undefined {
    return this.#list('repositoryNames', z.string())?.map((name) => checkedRepositoryName(name, 'repositoryNames'));
  }

  /** A required digest that is well formed. */
  digest(field: string): string {
    const value = this.string(field);
    if (value === undefined) throw invalidParameter(field, 'Member must not be null');
    if (!DIGEST.test(value)) throw invalidParameter(field, "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
    return value;
  }

  strings(field: string): readonly string[] | undefined {
    return this.#list(field, z.string());
  }

  imageIds(): readonly { readonly imageDigest?: string | undefined; readonly imageTag?: string | undefined }[] | undefined {
    return this.#list('imageIds', z.object({ imageDigest: z.string().optional(), imageTag: z.string().optional() }));
  }

  /** `subjectId.imageDigest`, required. */
  subjectDigest(): string {
    const subject = this.#read('subjectId', z.object({ imageDigest: z.string().optional() }), 'structure');
    if (subject?.imageDigest === undefined) throw invalidParameter('subjectId.imageDigest', 'Member must not be null');
    if (!DIGEST.test(subject.imageDigest)) throw invalidParameter('subjectId.imageDigest', "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'");
    return subject.imageDigest;
  }

  /** `filter.artifactTypes` of ListImageReferrers. */
  artifactTypes(): readonly string[] | undefined {
    return this.#read('filter', z.object({ artifactTypes: z.array(z.string()).optional() }), 'structure')?.artifactTypes;
  }

  filter(): { readonly tagStatus: string; readonly imageStatus: string } {
    const filter = this.#read('filter', z.object({ tagStatus: z.string().optional(), imageStatus: z.string().optional() }), 'structure');
    const choice = (field: string, value: string | undefined, allowed: readonly string[], whenAbsent: string): string => {
      if (value === undefined) return whenAbsent;
      if (!allowed.includes(value)) throw invalidParameter(`filter.${field}`, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
      return value;
    };
    return {
      tagStatus: choice('tagStatus', filter?.tagStatus, ['TAGGED', 'UNTAGGED', 'ANY'], 'ANY'),
      imageStatus: choice('imageStatus', filter?.imageStatus, ['ACTIVE', 'ARCHIVED', 'ACTIVATING', 'ANY'], 'ACTIVE'),
    };
  }

  /** Lists of the API hold 1 to 100 members. */
  #list<Item>(field: string, item: z.ZodType<Item>): readonly Item[] | undefined {
    const value = this.#read(field, z.array(item), 'list');
    if (value !== undefined && value.length > 100) throw invalidParameter(field, 'Member must have length less than or equal to 100');
    if (value !== undefined && value.length < 1) throw invalidParameter(field, 'Member must have length greater than or equal to 1');
    return value;
  }

  #read<Value>(field: string, schema: z.ZodType<Value>, type: string): Value | undefined {
    const value = this.#fields[field];
    if (value == null) return undefined;
    const parsed = schema.safeParse(value);
    if (!parsed.success) throw new ServiceFault('SerializationException', `Value of '${field}' can not be converted to a ${type}`);
    return parsed.data;
  }
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    return undefined;
  }
}

function checkedRepositoryName(name: string, field: string): string {
  if (name.length < 2) throw invalidParameter(field, 'Member must have length greater than or equal to 2');
  if (name.length > 256) throw invalidParameter(field, 'Member must have length less than or equal to 256');
  if (!isRepositoryName(name)) throw invalidParameter(field, `must satisfy regular expression '${NAME_PATTERN}'`);
  return name;
}
