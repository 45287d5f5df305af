/** The kit's part as it is; pages reach it through this file. */
export { default as Checkbox } from '@cloudscape-design/components/checkbox';
