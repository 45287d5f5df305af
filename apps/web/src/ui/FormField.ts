/** The kit's part as it is; pages reach it through this file. */
export { default as FormField } from '@cloudscape-design/components/form-field';
