/** The kit's part as it is; pages reach it through this file. */
export { default as SpaceBetween } from '@cloudscape-design/components/space-between';
