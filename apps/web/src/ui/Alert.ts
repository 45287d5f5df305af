/** The kit's part as it is; pages reach it through this file. */
export { default as Alert } from '@cloudscape-design/components/alert';
