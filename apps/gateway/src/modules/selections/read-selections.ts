import { OciError, parsePlatform } from '@esscm/oci-client';
import { checkTemplates, compileRule, InvalidRuleError, namingTemplatesSchema, type NamingTemplates, type SelectionRule, selectionRuleSchema } from '@esscm/selection';
import type { PlatformChoice } from '@esscm/store';
import type { FieldIssue } from '../../graphql/problem.type.js';
import type { PlatformChoiceInput, SelectionInput } from './selection.input.js';

/** A rule that can be used and stored. */
export interface ReadSelection {
  readonly id?: string;
  readonly rule: SelectionRule;
  readonly naming: NamingTemplates;
  readonly platforms: PlatformChoice;
}

const maximumSelections = 20;
const maximumPlatforms = 20;

/** Rules as they were sent, checked; issues name the field below `selections`. */
export function readSelections(inputs: readonly SelectionInput[]): { readonly selections: readonly ReadSelection[]; readonly issues: readonly FieldIssue[] } {
  if (inputs.length > maximumSelections) return { selections: [], issues: [{ field: 'selections', message: `At most ${maximumSelections} rules.` }] };
  const issues: FieldIssue[] = [];
  const selections: ReadSelection[] = [];
  for (const [index, input] of inputs.entries()) {
    const at = (field: string) => `selections.${index}.${field}`;
    const before = issues.length;
    const rule = selectionRuleSchema.safeParse(withoutNulls(input.rule));
    const naming = namingTemplatesSchema.safeParse(withoutNulls(input.naming));
    const platforms = readPlatforms(input.platforms);
    if (!rule.success) issues.push(...rule.error.issues.map(({ path, message }) => ({ field: at(['rule', ...path].join('.')), message })));
    if (!naming.success) issues.push(...naming.error.issues.map(({ path, message }) => ({ field: at(['naming', ...path].join('.')), message })));
    if (platforms === undefined) issues.push({ field: at('platforms'), message: `Platforms are written like linux/amd64, at most ${maximumPlatforms}.` });
    if (!rule.success || !naming.success || platforms === undefined) continue;
    issues.push(...refusals('rule', at, () => compileRule(rule.data)), ...refusals('naming', at, () => checkTemplates(naming.data)));
    if (issues.length === before) selections.push({ ...(input.id != null && { id: input.id }), rule: rule.data, naming: naming.data, platforms });
  }
  return { selections, issues };
}

/** Undefined for what are no platforms. */
function readPlatforms({ all, list }: PlatformChoiceInput): PlatformChoice | undefined {
  if (all) return 'all';
  if (list == null || list.length === 0) return 'default';
  return list.length <= maximumPlatforms && list.every(isPlatform) ? [...new Set(list)] : undefined;
}

/** Whether a text names a platform as `linux/arm64/v8` does. */
export function isPlatform(text: string): boolean {
  try {
    parsePlatform(text);
    return true;
  } catch (error) {
    if (error instanceof OciError) return false;
    throw error;
  }
}

function refusals(part: string, at: (field: string) => string, check: () => unknown): readonly FieldIssue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof InvalidRuleError)) throw error;
    return [{ field: at(`${part}.${error.field}`), message: error.message }];
  }
}

/** What was left out of an input arrives as null or not at all; inputs are instances of classes. */
function withoutNulls(input: object): Record<string, unknown> {
  const entries = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([key, value]: [string, unknown]) => [key, typeof value === 'object' && value !== null ? { ...value } : value]));
}
