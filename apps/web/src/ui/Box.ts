/** The kit's part as it is; pages reach it through this file. */
export { default as Box } from '@cloudscape-design/components/box';
