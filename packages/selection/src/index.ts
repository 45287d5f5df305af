export { compileRule, type CompiledRule } from './compile-rule.js';
export { describeRule } from './describe-rule.js';
export { InvalidRuleError } from './errors.js';
export { checkTemplates, defaultNaming, namesOf, namingTemplatesSchema, type NamingTemplates } from './naming.js';
export { reconcile, type FollowedImage, type ListedRepository, type RepositoryChanges, type WantedImage } from './reconcile.js';
export { RepositorySelection, type SelectedImage } from './repository-selection.js';
export { selectionRuleSchema, type SelectionRule } from './selection-rule.js';
export type { TextPattern } from './text-pattern.js';
